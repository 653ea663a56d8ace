// graphile-worker, with its local queue and batched completion.
import { arrive, drain, load, pickUp, report, task, timed, versionOf } from "./protocol.mjs";

const CONCURRENCY = 24;
const LOCAL_QUEUE = 500;
const INSERT = 5000;

const { Logger, makeWorkerUtils, run } = await load("graphile-worker");
const { default: pg } = await load("pg");

const logger = new Logger(() => () => {});
const pgPool = new pg.Pool({ connectionString: task.url, max: CONCURRENCY });
const utils = await makeWorkerUtils({ pgPool, logger });
await utils.migrate();
let runner;

async function enqueueAll() {
  for (let from = 0; from < task.jobs; from += INSERT) {
    const many = Math.min(INSERT, task.jobs - from);
    await utils.addJobs(
      Array.from({ length: many }, (_, n) => ({ identifier: "noop", payload: { n: from + n } })),
    );
  }
}

async function allEnded() {
  const { rows } = await pgPool.query(
    "select exists (select from graphile_worker._private_jobs) as some",
  );
  return !rows[0].some;
}

const enqueueSeconds = await timed(enqueueAll);
const drainSeconds = await drain(async () => {
  runner = await run({
    pgPool,
    noHandleSignals: true,
    taskList: { noop: () => arrive() },
    preset: {
      worker: {
        logger,
        concurrentJobs: CONCURRENCY,
        localQueue: { size: LOCAL_QUEUE },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
  });
}, allEnded);
const pickups = await pickUp(() => utils.addJob("noop", { n: 0 }));
await runner.stop();
report({
  name: "graphile-worker",
  version: versionOf("graphile-worker"),
  how: `concurrency ${CONCURRENCY}, local queue ${LOCAL_QUEUE}, batched completion; insert by ${INSERT}`,
  enqueue_seconds: enqueueSeconds,
  drain_seconds: drainSeconds,
  pickup_ms: pickups,
});
process.exit(0);
