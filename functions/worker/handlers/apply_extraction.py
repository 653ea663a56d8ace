"""What was extracted becomes new columns of the sheet record that the texts came from."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.new_version import VersionMade
from shared.jobs.apply_extraction import ApplyExtraction

__all__ = ["Payload", "Result", "run", "save"]

Payload = ApplyExtraction
Result = VersionMade


def run(payload: ApplyExtraction, job: Job) -> VersionMade:
    """In the child: no database. What it writes stays invisible until `save` names it."""
    from functions.worker.extraction.columns import with_columns  # noqa: PLC0415 - heavy

    return VersionMade.of(with_columns(payload, job))


def save(conn: Connection, payload: ApplyExtraction, result: VersionMade) -> None:
    """In the parent, inside the transaction that completes the job."""
    result.append(
        conn,
        payload.sheet_id,
        actions=[{"action": "extract", "extractionId": str(payload.extraction_id)}],
        created_by=payload.created_by,
        expected=payload.expected_version,
        edited=payload.clean_data_key,
    )
