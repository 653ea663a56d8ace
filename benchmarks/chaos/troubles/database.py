"""PostgreSQL goes down and comes back, or throws callers out."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil
import psycopg

from benchmarks.chaos.stack import Stack
from tests.worker.signs import wait_until

_CONNECTIONS = """
select pid from pg_stat_activity
 where datname = current_database() and pid <> pg_backend_pid() order by pid
"""


@contextmanager
def stopped_database(stack: Stack, _where: int, _moments: random.Random) -> Iterator[int]:
    """End it at once (its own "immediate"): the next start replays its log."""
    postgres = stack.system.postgres
    process = psutil.Process(postgres.child.pid)
    process.send_signal(signal.SIGQUIT)
    wait_until(lambda: process.status() == psutil.STATUS_ZOMBIE)  # ours, and not yet waited for
    try:
        yield 1
    finally:
        postgres.stop()
        postgres.start()


@contextmanager
def ended_connections(stack: Stack, _where: int, moments: random.Random) -> Iterator[int]:
    """End half of all connections; give how many."""
    ended = 0
    with suppress(psycopg.OperationalError):  # it is down anyway
        found = stack.query(_CONNECTIONS)
        for (pid,) in moments.sample(found, (len(found) + 1) // 2):
            stack.query("select pg_terminate_backend(%s)", pid)
            ended += 1
    yield ended
