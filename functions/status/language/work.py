"""How far the work on a screening or an extraction is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from functions.status.work import work_forgotten, work_of
from shared.errors import NotFound
from shared.queue.find import find, find_newest

_FORGOTTEN = "The work on this is no longer known. Start it again."


def work_on(
    conn: Connection, record_id: UUID, job_id: int | None, *, filled: bool
) -> dict[str, Any]:
    """Return the fields of Work: of the named job or, without one, of the record's newest.

    So a record whose task was cancelled or has failed says so, although it holds what was done by
    then. `filled` decides once the queue has forgotten its jobs. Raises NotFound for a job that is
    not the record's.
    """
    job = find_newest(conn, str(record_id)) if job_id is None else find(conn, job_id)
    if job_id is not None and (job is None or job.subject != str(record_id)):
        raise NotFound(f"This record has no job {job_id}. Leave jobId out to get its newest.")
    if job is None:
        return work_forgotten(record_id, filled=filled, message=_FORGOTTEN)
    return work_of(conn, record_id, job)
