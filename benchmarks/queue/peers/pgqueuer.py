"""pgqueuer, on asyncpg and uvloop, its fastest driver."""

from __future__ import annotations

import asyncpg  # type: ignore[import-untyped]
import uvloop
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.models import Job
from pgqueuer.queries import Queries

from benchmarks.queue.peers.protocol import async_run

BATCH = 500


async def main() -> None:
    """Run the task."""
    run = async_run()
    url = run.task.url
    driver = AsyncpgDriver(await asyncpg.connect(url))
    producer, watcher = (
        Queries(AsyncpgDriver(await asyncpg.connect(url))),
        await asyncpg.connect(url),
    )
    await producer.install()
    worker = PgQueuer(driver)

    @worker.entrypoint("noop")
    async def noop(_: Job) -> None:
        run.arrivals.arrive()

    async def enqueue_all() -> None:
        jobs = run.task.jobs
        payloads: list[bytes | None] = [b'{"n": %d}' % n for n in range(jobs)]
        await producer.enqueue(["noop"] * jobs, payloads, [0] * jobs)

    async def all_ended() -> bool:
        return not await watcher.fetchval("select exists (select from pgqueuer)")

    await run.enqueue(enqueue_all)
    await run.drain(lambda: run.work(worker.run(batch_size=BATCH)), all_ended)
    await run.pick_up(lambda: producer.enqueue("noop", b"{}"))
    worker.shutdown.set()
    if run.working is not None:
        await run.working
    run.print("pgqueuer", name="pgqueuer", how=f"asyncpg, uvloop, batch {BATCH}")


if __name__ == "__main__":
    uvloop.run(main())
