"""Jobs that are SQL and nothing else: many of them in one transaction, without a child."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence

import psycopg

from functions.worker.ending import Ending, Outcome
from functions.worker.failure import failure_of
from functions.worker.registry import sql_handler
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.errors import CancelRequested, LeaseLost
from shared.queue.claim import ClaimedJob
from shared.queue.complete import complete, complete_many

_LOG = logging.getLogger("sluice.worker")


def work_on(settings: WorkerSettings, jobs: Sequence[ClaimedJob]) -> Counter[Outcome]:
    """Work on claimed jobs of one queue; say how many ended how.

    First all in one transaction, in the hope that all goes well. When one does not, nothing of it
    has happened, and each goes by itself. Raises psycopg.OperationalError.
    """
    if _all_together(settings, jobs):
        return Counter({"completed": len(jobs)})
    return Counter(_by_itself(settings, job) for job in jobs)


def _all_together(settings: WorkerSettings, jobs: Sequence[ClaimedJob]) -> bool:
    handler = sql_handler(jobs[0].queue)
    try:
        with transaction(settings.database) as conn:
            for job in jobs:
                handler.work(conn, handler.Payload.model_validate(job.payload))
            well = len(complete_many(conn, jobs)) == len(jobs)
            if not well:
                conn.rollback()
            return well
    except psycopg.OperationalError:
        raise
    except Exception:  # noqa: BLE001 - which one it was shows when each goes by itself
        return False


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
