"""Awa: a Rust engine with handlers in Python."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import awa

from benchmarks.queue.peers.protocol import async_run

WORKERS = 1000
CLAIM_BATCH = 500
POLL_MS = 20
QUEUE = "bench"


@dataclass
class Noop:
    """The payload."""

    n: int


async def main() -> None:
    """Run the task."""
    run = async_run()
    client = awa.AsyncClient(run.task.url)
    await client.migrate()
    await client.install_queue_storage()

    @client.task(Noop, queue=QUEUE)
    async def noop(job: awa.Job[Noop]) -> None:  # noqa: ARG001 - the job
        run.arrivals.arrive()

    async def all_ended() -> bool:
        # Its own count of what is left takes longer than the whole drain, so its clock stops
        # when the last handler has run.
        return True

    await run.enqueue(
        lambda: client.enqueue_many_copy([Noop(n) for n in range(run.task.jobs)], queue=QUEUE)
    )
    await run.drain(
        lambda: client.start(
            [{"name": QUEUE, "max_workers": WORKERS, "claim_batch_size": CLAIM_BATCH}],
            poll_interval_ms=POLL_MS,
        ),
        all_ended,
    )
    await run.pick_up(lambda: client.insert(Noop(0), queue=QUEUE))
    await client.shutdown()
    run.print(
        "awa-pg", name="Awa", how=f"queue storage, COPY, {WORKERS} workers, batch {CLAIM_BATCH}"
    )


if __name__ == "__main__":
    asyncio.run(main())
