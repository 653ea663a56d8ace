"""Clean data as a file to download, for those that take longer than a request should.

Nothing in the database refers to the file: it is found by the job that made it, and is swept as an
orphan a day later.
"""

from __future__ import annotations

from dataclasses import replace

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.result import Result
from shared.clean.export import MEDIA_TYPES, export
from shared.clean.manifest import read_manifest
from shared.clean.selection import Selection
from shared.errors import ObjectMissing, Unprocessable, Unrecoverable
from shared.jobs.export_sheet import ExportSheet

__all__ = ["PRELOAD", "Payload", "Result", "run", "save"]

Payload = ExportSheet
PRELOAD = ("pyarrow.compute", "pyarrow.parquet", "rustpy_xlsxwriter")
_GONE = "The data to export is no longer there: ask for the export again."


def run(payload: ExportSheet, job: Job) -> Result:
    """In the child: no database. Raises Unrecoverable, with a sentence for the user."""
    try:
        return Result(objects=(_written(payload, job),))
    except Unprocessable as error:
        raise Unrecoverable(error.detail) from error
    except ObjectMissing as error:
        raise Unrecoverable(_GONE) from error


def save(conn: Connection, payload: ExportSheet, result: Result) -> None:
    """Write nothing: that the job is completed is what makes the file visible."""


def _written(payload: ExportSheet, job: Job) -> str:
    manifest = read_manifest(job.store, payload.clean_data_key)

    def seen(rows: int) -> None:
        job.progress("exporting", rows, manifest.total_rows)

    selection = Selection.of(manifest, payload.columns, payload.filters)
    selection = replace(selection, seen=seen)
    key = job.key(f"export.{payload.format}")
    pieces = export(job.store, manifest, payload.format, selection, neutralise=payload.neutralise)
    with job.store.writer(key, MEDIA_TYPES[payload.format]) as file:
        for piece in pieces:
            file.write(piece)
    return key
