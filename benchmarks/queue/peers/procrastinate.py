"""procrastinate, with its asyncio worker."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import procrastinate
import psycopg
from procrastinate.types import JSONDict

from benchmarks.queue.peers.protocol import async_run

CONCURRENCY = 20

_UNENDED = """
select exists (select from procrastinate_jobs where status in ('todo', 'doing'))
"""


async def main() -> None:
    """Run the task."""
    run = async_run()
    connector = procrastinate.PsycopgConnector(
        conninfo=run.task.url, min_size=4, max_size=CONCURRENCY
    )
    app = procrastinate.App(connector=connector)

    @app.task(name="noop")
    async def noop(n: int) -> None:  # noqa: ARG001 - the payload
        run.arrivals.arrive()

    watcher = await psycopg.AsyncConnection.connect(run.task.url, autocommit=True)

    async def all_ended() -> bool:
        row = await (await watcher.execute(_UNENDED)).fetchone()
        return row is not None and not row[0]

    def worker() -> Coroutine[Any, Any, None]:
        return app.run_worker_async(concurrency=CONCURRENCY, install_signal_handlers=False)

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        payloads: list[JSONDict] = [{"n": n} for n in range(run.task.jobs)]
        await run.enqueue(lambda: noop.batch_defer_async(*payloads))
        await run.drain(lambda: run.work(worker()), all_ended)
        await run.pick_up(lambda: noop.defer_async(n=0))
        if run.working is not None:
            run.working.cancel()
            await asyncio.gather(run.working, return_exceptions=True)
    await watcher.close()
    run.print("procrastinate", name="procrastinate", how=f"concurrency {CONCURRENCY}")


if __name__ == "__main__":
    asyncio.run(main())
