"""Spreadsheet in, clean data out: read in batches, type the columns, profile them, publish."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.parse.checkpoint import Checkpoint
from functions.worker.result import Result as AnyResult
from shared.clean.column import Column
from shared.clean.source import Source
from shared.jobs.parse_excel import ParseExcel
from shared.records import sheets

__all__ = ["ALONE_FROM_COST", "PRELOAD", "Checkpoint", "Payload", "Result", "run", "save"]

Payload = ParseExcel
PRELOAD = (
    "functions.worker.parse.pipeline",
    "functions.worker.parse.ods.workbook",
    "functions.worker.parse.text_csv",
    "functions.worker.parse.workbook_xls",
    "functions.worker.parse.xlsb.workbook",
    "functions.worker.parse.xlsx.workbook",
)
ALONE_FROM_COST = 64.0
"""MiB of file; such a one takes half a gigabyte of memory."""


class Result(AnyResult):
    """What the record gets to know."""

    clean_data_key: str
    total_rows: int
    columns: list[Column]
    source: Source


def run(payload: ParseExcel, job: Job) -> Result:
    """In the child: no database. What it writes stays invisible until `save` names it.

    Raises Unrecoverable, with a sentence for the user, for a file that can never be read.
    """
    from functions.worker.parse.pipeline import parse  # noqa: PLC0415 - heavy

    parsed = parse(payload, job)
    return Result(
        clean_data_key=parsed.manifest_key,
        total_rows=parsed.total_rows,
        columns=parsed.columns,
        source=parsed.source,
        objects=parsed.objects,
    )


def save(conn: Connection, payload: ParseExcel, result: Result) -> None:
    """In the parent, inside the transaction that completes the job."""
    sheets.publish(
        conn,
        payload.record_id,
        clean_data_key=result.clean_data_key,
        total_rows=result.total_rows,
        total_cols=len(result.columns),
        columns=[column.model_dump(mode="json") for column in result.columns],
        source=result.source.model_dump(mode="json"),
        version=payload.record_version,
    )
