"""Actions on clean data: read a version of a record, change it, write the next one."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.new_version import VersionMade
from shared.jobs.edit_sheet import EditSheet

__all__ = ["PRELOAD", "Payload", "Result", "run", "save"]

Payload = EditSheet
Result = VersionMade
PRELOAD = ("functions.worker.frames.edit",)


def run(payload: EditSheet, job: Job) -> VersionMade:
    """In the child: no database. What it writes stays invisible until `save` names it.

    Raises Unrecoverable, with a sentence for the user, for an action that cannot be done.
    """
    from functions.worker.frames.edit import edit  # noqa: PLC0415 - heavy

    return VersionMade.of(edit(payload, job))


def save(conn: Connection, payload: EditSheet, result: VersionMade) -> None:
    """In the parent, inside the transaction that completes the job."""
    result.append(
        conn,
        payload.record_id,
        actions=payload.actions,
        created_by=payload.created_by,
        expected=payload.expected_version,
        edited=payload.clean_data_key,
    )
