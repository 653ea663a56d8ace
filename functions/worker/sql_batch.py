"""Jobs that are SQL and nothing else: many of them in one transaction, without a child."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence

import psycopg
from psycopg import Connection

from functions.worker.ending import Ending, Outcome
from functions.worker.failure import failure_of
from functions.worker.registry import sql_handler
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.errors import CancelRequested, LeaseLost
from shared.queue.claim import ClaimedJob
from shared.queue.complete import complete, complete_many

_LOG = logging.getLogger("sluice.worker")


ClaimNext = Callable[[Connection], list[ClaimedJob]]
"""Claims what is to be done next, in the transaction that it is given."""


def work_on(
    settings: WorkerSettings, jobs: Sequence[ClaimedJob], claim_next: ClaimNext
) -> tuple[Counter[Outcome], list[ClaimedJob]]:
    """Work on claimed jobs of one queue; say how many ended how, and what is claimed to follow.

    First all in one transaction, which also claims what follows: one commit a batch. When one of
    them does not go well, nothing of it has happened, and each goes by itself. Raises
    psycopg.OperationalError.
    """
    following = _all_together(settings, jobs, claim_next)
    if following is not None:
        return Counter({"completed": len(jobs)}), following
    return Counter(_by_itself(settings, job) for job in jobs), []


def _all_together(
    settings: WorkerSettings, jobs: Sequence[ClaimedJob], claim_next: ClaimNext
) -> list[ClaimedJob] | None:
    handler = sql_handler(jobs[0].queue)
    try:
        with transaction(settings.database) as conn:
            for job in jobs:
                handler.work(conn, handler.Payload.model_validate(job.payload))
            if len(complete_many(conn, jobs)) == len(jobs):
                return claim_next(conn)
            conn.rollback()
            return None
    except psycopg.OperationalError:
        raise
    except Exception:  # noqa: BLE001 - which one it was shows when each goes by itself
        return None


def _by_itself(settings: WorkerSettings, job: ClaimedJob) -> Outcome:
    handler, ending = sql_handler(job.queue), Ending(settings, job)
    try:
        with transaction(settings.database) as conn:
            handler.work(conn, handler.Payload.model_validate(job.payload))
            complete(conn, job)
    except CancelRequested:
        return ending.abandon()
    except LeaseLost as lost:
        _LOG.warning("%s", lost)
        return "lost"
    except psycopg.OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - a handler's own fault costs its job an attempt
        return ending.fail(failure_of(error, "The work failed unexpectedly"))
    return "completed"
