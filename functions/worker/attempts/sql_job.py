"""One job that is SQL and nothing else, claimed by lease."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import psycopg

from functions.worker.attempts.beating import beating
from functions.worker.attempts.cut_short import cut_short
from functions.worker.attempts.ending import Ending, Outcome
from functions.worker.attempts.tracing import traced
from functions.worker.children.failure import failure_of
from functions.worker.deadline import Deadline
from functions.worker.registry import sql_handler
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.errors import CancelRequested, LeaseLost
from shared.queue.claim import ClaimedJob
from shared.queue.complete import complete
from shared.queue.release import release

_LOG = logging.getLogger("sluice.worker")


@traced
def by_itself(settings: WorkerSettings, job: ClaimedJob, deadline: Deadline) -> Outcome:
    """Work on one job in a transaction of its own. Raises psycopg.OperationalError."""
    handler, ending = sql_handler(job.queue), Ending(settings, job, deadline)
    try:
        with (
            beating(settings, job),
            transaction(settings.database) as conn,
            cut_short(conn, deadline),
        ):
            handler.work(conn, handler.Payload.model_validate(job.payload))
            complete(conn, job)
    except psycopg.errors.QueryCanceled:
        if deadline.left():
            raise
        return ending.release(interrupted=deadline.stopping)
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


def give_back(settings: WorkerSettings, jobs: Sequence[ClaimedJob], deadline: Deadline) -> None:
    """Hand back what was claimed and never started."""
    for job in jobs:
        try:
            with transaction(settings.database) as conn:
                release(conn, job, started=False)
        except CancelRequested:
            Ending(settings, job, deadline).abandon()
        except LeaseLost as lost:
            _LOG.warning("%s", lost)
