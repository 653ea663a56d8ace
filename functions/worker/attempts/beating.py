"""Keeps a lease alive while its holder is busy."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from functions.worker.attempts.meanwhile import meanwhile
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.errors import LeaseLost
from shared.queue.claim import ClaimedJob
from shared.queue.heartbeat import heartbeat
from shared.queue.progress import Progress

_LOG = logging.getLogger("sluice.worker")

_BEATS_PER_LEASE = 4


@contextmanager
def beating(settings: WorkerSettings, job: ClaimedJob) -> Iterator[None]:
    """Renew the lease during the block, from a thread that ends with it.

    A job of SQL is busy in the database itself. A lease that is lost shows when the job completes.
    """

    def beat() -> bool:
        try:
            with transaction(settings.database) as conn:
                heartbeat(conn, job, Progress())
        except LeaseLost:
            return False
        except psycopg.OperationalError:
            _LOG.warning("A heartbeat of job %s did not get through", job.id, exc_info=True)
        return True

    with meanwhile(beat, every=job.policy.lease.total_seconds() / _BEATS_PER_LEASE):
        yield
