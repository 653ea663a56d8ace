"""Actions on clean data: read a version of a record, change it, write the next one."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.result import Result as AnyResult
from shared.clean.column import Column
from shared.clean.source import Source
from shared.errors import Unrecoverable
from shared.jobs.edit_sheet import EditSheet
from shared.records import versions
from shared.records.versions import NewVersion, ReadAnew, VersionChanged

__all__ = ["PRELOAD", "Payload", "Result", "run", "save"]

Payload = EditSheet
PRELOAD = ("functions.worker.frames.edit",)


class Result(AnyResult):
    """What the record gets to know."""

    file_key: str
    file_size: int
    file_sha256: str
    clean_data_key: str
    total_rows: int
    columns: list[Column]
    source: Source


def run(payload: EditSheet, job: Job) -> Result:
    """In the child: no database. What it writes stays invisible until `save` names it.

    Raises Unrecoverable, with a sentence for the user, for an action that cannot be done.
    """
    from functions.worker.frames.edit import edit  # noqa: PLC0415 - heavy

    edited = edit(payload, job)
    return Result(
        file_key=edited.file_key,
        file_size=edited.file_size,
        file_sha256=edited.file_sha256,
        clean_data_key=edited.manifest_key,
        total_rows=edited.manifest.total_rows,
        columns=edited.manifest.columns,
        source=edited.source,
        objects=(edited.file_key, edited.manifest_key, *edited.manifest.objects()),
    )


def save(conn: Connection, payload: EditSheet, result: Result) -> None:
    """In the parent, inside the transaction that completes the job."""
    new = NewVersion(
        file_key=result.file_key,
        file_size=result.file_size,
        file_sha256=result.file_sha256,
        clean_data_key=result.clean_data_key,
        total_rows=result.total_rows,
        total_cols=len(result.columns),
        columns=[column.model_dump(mode="json") for column in result.columns],
        source=result.source.model_dump(mode="json"),
        actions=payload.actions,
        created_by=payload.created_by,
    )
    try:
        versions.append(
            conn,
            payload.record_id,
            new,
            expected=payload.expected_version,
            edited=payload.clean_data_key,
        )
    except (VersionChanged, ReadAnew) as changed:
        raise Unrecoverable(str(changed)) from changed
