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


def wait_until_done(stack: Stack, *, seconds: float) -> tuple[float, int]:
    """Return after how many seconds no job was left, or `seconds` and how many are."""
    began = time.monotonic()
    while True:
        ((left,),) = stack.query("select count(*) from queue.job")
        waited = time.monotonic() - began
        if not left or waited > seconds:
            return waited, int(str(left))
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
