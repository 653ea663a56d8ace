"""What was extracted becomes new columns of the sheet record that the texts came from."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.handlers.edit_sheet import Result
from functions.worker.job import Job
from shared.errors import Unrecoverable
from shared.jobs.apply_extraction import ApplyExtraction
from shared.records import versions
from shared.records.versions import NewVersion, ReadAnew, VersionChanged

__all__ = ["Payload", "Result", "run", "save"]

Payload = ApplyExtraction


def run(payload: ApplyExtraction, job: Job) -> Result:
    """In the child: no database. What it writes stays invisible until `save` names it."""
    from functions.worker.extraction.columns import with_columns  # noqa: PLC0415 - heavy

    made = with_columns(payload, job)
    return Result(
        file_key=made.file_key,
        file_size=made.file_size,
        file_sha256=made.file_sha256,
        clean_data_key=made.manifest_key,
        total_rows=made.manifest.total_rows,
        columns=made.manifest.columns,
        source=made.source,
        objects=(made.file_key, made.manifest_key, *made.manifest.objects()),
    )


def save(conn: Connection, payload: ApplyExtraction, result: Result) -> None:
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
        actions=[{"action": "extract", "extractionId": str(payload.extraction_id)}],
        created_by=payload.created_by,
    )
    try:
        versions.append(
            conn,
            payload.sheet_id,
            new,
            expected=payload.expected_version,
            edited=payload.clean_data_key,
        )
    except (VersionChanged, ReadAnew) as changed:
        raise Unrecoverable(str(changed)) from changed
