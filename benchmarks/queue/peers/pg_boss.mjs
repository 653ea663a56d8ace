// pg-boss, with its listener on.
import { arrive, drain, load, pickUp, report, task, timed, versionOf } from "./protocol.mjs";

const BATCH = 1000;
const INSERT = 1000;
const QUEUE = "noop";

const { PgBoss } = await load("pg-boss");
const { default: pg } = await load("pg");

const boss = new PgBoss({ connectionString: task.url, useListenNotify: true });
boss.on("error", console.error);
await boss.start();
await boss.createQueue(QUEUE, { notify: true });
const watcher = new pg.Client({ connectionString: task.url });
await watcher.connect();

async function enqueueAll() {
  for (let from = 0; from < task.jobs; from += INSERT) {
    const many = Math.min(INSERT, task.jobs - from);
    await boss.insert(
      QUEUE,
      Array.from({ length: many }, (_, n) => ({ data: { n: from + n } })),
    );
  }
}

async function allEnded() {
  const { rows } = await watcher.query(
    "select exists (select from pgboss.job where name = $1 and state < 'completed') as some",
    [QUEUE],
  );
  return !rows[0].some;
}

const enqueueSeconds = await timed(enqueueAll);
const drainSeconds = await drain(
  () =>
    boss.work(QUEUE, { batchSize: BATCH, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true }, (jobs) => {
      for (const _ of jobs) arrive();
    }),
  allEnded,
);
const pickups = await pickUp(() => boss.send(QUEUE, { n: 0 }));
await watcher.end();
await boss.stop({ graceful: false });
report({
  name: "pg-boss",
  version: versionOf("pg-boss"),
  how: `batch ${BATCH}, notify, burst; insert by ${INSERT}`,
  enqueue_seconds: enqueueSeconds,
  drain_seconds: drainSeconds,
  pickup_ms: pickups,
});
process.exit(0);
