// The node side of protocol.py: the same task, the same clocks, the same answer.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const POLL_MS = 5;
const PICKUP_PAUSE_MS = 30;

export const task = JSON.parse(process.argv[2]);

// Packages lie in a folder of their own, away from this file.
const require = createRequire(pathToFileURL(`${process.env.BENCH_NODE}/package.json`));

export async function load(name) {
  return import(pathToFileURL(require.resolve(name)).href);
}

export function versionOf(name) {
  const file = `${process.env.BENCH_NODE}/node_modules/${name}/package.json`;
  return JSON.parse(readFileSync(file, "utf8")).version;
}

let count = 0;
let latestAt = 0;
let wake = () => {};

export function arrive() {
  count += 1;
  if (count >= task.jobs) {
    latestAt = performance.now();
    wake();
  }
}

export async function timed(what) {
  const began = performance.now();
  await what();
  return (performance.now() - began) / 1000;
}

export async function drain(start, allEnded) {
  const seconds = await timed(async () => {
    const arrived = next();
    await start();
    await arrived;
    while (!(await allEnded())) await sleep(POLL_MS);
  });
  if (count !== task.jobs) throw new Error(`${count} handlers ran for ${task.jobs} jobs`);
  return seconds;
}

export async function pickUp(enqueueOne) {
  const found = [];
  for (let n = 0; n < task.pickups; n += 1) {
    const arrived = next();
    const sent = performance.now();
    await enqueueOne();
    await arrived;
    found.push(latestAt - sent);
    await sleep(PICKUP_PAUSE_MS);
  }
  return found;
}

export function report(measured) {
  console.log(JSON.stringify(measured));
}

function next() {
  return new Promise((resolve) => {
    wake = resolve;
  });
}
