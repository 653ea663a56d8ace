"""Many jobs at once, by filter: cancel, retry.

Each job is changed in a transaction of its own. One for all would hold the rows of some while it
waits for those of others, against the workers that are just ending them.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from psycopg import Connection

from functions.status import cursor
from functions.status.models.jobs import JobsChanged, JobState, JobsToChange
from functions.status.scope import asks_as_operator, known_queue, tenant_meant
from functions.status.settings import settings
from shared.db import transaction
from shared.errors import Unprocessable
from shared.http.typed import typed
from shared.nudge.nudge import nudge
from shared.queue.cancel import cancel
from shared.queue.requeue import requeue
from shared.queue.search import Found, Wanted, search

blueprint = Blueprint("jobs_in_bulk", __name__, url_prefix="/api/v1/jobs")

_CANCELLABLE: frozenset[JobState] = frozenset({"waiting", "scheduled", "retrying", "running"})
_RETRYABLE: frozenset[JobState] = frozenset({"buried", "cancelled"})
_DEAD: frozenset[JobState] = frozenset({"buried"})


@blueprint.post("/cancel")
@typed(problems=(403, 404))
def cancel_jobs(body: JobsToChange) -> JobsChanged:
    """Cancel the jobs that match and have not ended."""
    return _change(body, _states(body, _CANCELLABLE, default=_CANCELLABLE), _cancel)


@blueprint.post("/retry")
@typed(problems=(403, 404))
def retry_jobs(body: JobsToChange) -> JobsChanged:
    """Let the jobs that match and have failed run again; cancelled ones by state or id."""
    default = _RETRYABLE if body.ids else _DEAD
    answer = _change(body, _states(body, _RETRYABLE, default=default), requeue)
    if answer.changed:
        nudge(settings())
    return answer


def _states(
    body: JobsToChange, possible: frozenset[JobState], *, default: frozenset[JobState]
) -> frozenset[JobState]:
    if body.state is None:
        return default
    if body.state not in possible:
        raise Unprocessable(
            f"Jobs that are {body.state} cannot be changed so: only those that are "
            f"{' or '.join(sorted(possible))}."
        )
    return frozenset({body.state})


def _change(
    body: JobsToChange, states: frozenset[JobState], change: Callable[[Connection, int], bool]
) -> JobsChanged:
    found = _found(body, states)
    changed = 0
    for job_id in found.ids:
        with transaction(settings().database) as conn:
            changed += change(conn, job_id)
    asked = len(body.ids) if body.ids else len(found.ids)
    return JobsChanged(
        changed=changed,
        skipped=asked - changed,
        more=found.next_before is not None,
        next_cursor=None if found.next_before is None else str(found.next_before),
    )


def _found(body: JobsToChange, states: frozenset[JobState]) -> Found:
    # Who names a job by its id means that job, whosever it is.
    named = bool(body.ids) and body.tenant is None and asks_as_operator()
    wanted = Wanted(
        tenant=None if named else tenant_meant(body),
        queue=body.queue,
        subject=body.subject,
        states=states,
        ids=None if body.ids is None else tuple(body.ids),
    )
    with transaction(settings().database) as conn:
        if body.queue is not None:
            known_queue(conn, body.queue)
        return search(conn, wanted, before=cursor.decode_id(body.cursor), limit=body.limit)


def _cancel(conn: Connection, job_id: int) -> bool:
    return cancel(conn, job_id) != "ended"
