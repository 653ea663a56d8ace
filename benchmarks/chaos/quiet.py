"""Wait until all work is done, and let the sweep of the night pass."""

from __future__ import annotations

import time
from datetime import timedelta

import psycopg

from benchmarks.chaos.stack import Stack
from shared.jobs.sweep_orphans import SweepOrphans
from shared.queue.enqueue import enqueue
from tests.maintenance.place import Place
from tests.worker.listing import keys

_LOOK_EVERY_SECONDS = 0.2
_OLD = timedelta(days=2)

# A worker that was frozen or had no bucket for most of a drain leaves what cannot resume there.
_LEFT = """
select count(*), count(*) filter (where lane is not null and fence is null) from queue.job
"""


def wait_until_done(stack: Stack, *, seconds: float) -> tuple[float, int]:
    """Return after how many seconds no job was left, or `seconds` and how many are."""
    began = time.monotonic()
    while True:
        ((left, in_long_lane),) = stack.query(_LEFT)
        waited = time.monotonic() - began
        if not left or waited > seconds:
            return waited, int(str(left))
        if in_long_lane:
            stack.workers[0].work_off_long_lane(seconds=seconds)
        time.sleep(_LOOK_EVERY_SECONDS)


def sweep(stack: Stack, *, seconds: float) -> None:
    """Let two days pass for all objects, then the sweep; RuntimeError when it takes too long."""
    with psycopg.connect(stack.database_url, autocommit=True) as conn:
        place = Place(conn, stack.store, stack.bucket_folder)
        for key in keys(stack.store, ""):
            place.grow_old(key, _OLD)
        enqueue(conn, SweepOrphans(), tenant="maintenance")
    _, left = wait_until_done(stack, seconds=seconds)
    if left:
        raise RuntimeError(f"The sweep left {left} jobs after {seconds:g} s.")
