"""A table in memory as clean data and as a workbook, in the bucket."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from functions.worker.frames.frame import Cells, Frame
from functions.worker.frames.look import findings_of
from functions.worker.frames.workbook import SHEET, fits_workbook, write_workbook
from functions.worker.job import Job
from functions.worker.parse.batches import BATCH_ROWS
from functions.worker.parse.cells import ERRORS
from functions.worker.parse.names import letters_of
from functions.worker.parse.profiling import profile_column
from shared.clean.column import ODD, Column
from shared.clean.export_csv import export_csv
from shared.clean.findings import write_findings
from shared.clean.first_page import write_first_page
from shared.clean.manifest import MANIFEST, Manifest, Part, write_manifest
from shared.clean.profile import ColumnProfile, Profile, write_profile
from shared.clean.schema import odd_type
from shared.clean.source import Source

_AT_ONCE_BYTES = 32 << 20
_PART_ROWS = 10 * BATCH_ROWS


@dataclass(frozen=True, slots=True)
class Published:
    """Where all of it is; nobody sees it before it is named in the database."""

    manifest_key: str
    manifest: Manifest
    file_key: str
    file_size: int
    file_sha256: str
    source: Source


def publish(frame: Frame, job: Job) -> Published:
    """Write parts, first page, profile, findings, manifest and the new original."""
    columns = [_column(cells, place) for place, cells in enumerate(frame.columns)]
    table = _table(frame)
    manifest = Manifest(
        columns=columns,
        total_rows=frame.rows,
        parts=list(_write_parts(table, job)),
        first_page_key=job.key("first_page.json"),
        profile_key=job.key("profile.json"),
        findings_key=job.key("findings.json"),
    )
    write_first_page(job.store, manifest.first_page_key, table, width=len(columns))
    write_profile(job.store, manifest.profile_key, _profile(frame, columns, job))
    write_findings(job.store, job.key("findings.json"), findings_of(frame, columns))
    key = job.key(MANIFEST)
    write_manifest(job.store, key, manifest)
    return _with_original(frame, job, key, manifest)


def _column(cells: Cells, place: int) -> Column:
    """Return what is known of a column; what says how its file was read is of no use any more."""
    odd = [] if cells.odd is None else cells.odd.drop_null().to_pylist()
    return Column(
        name=cells.name,
        type=cells.type,
        blanks=cells.values.null_count - len(odd),
        odd=len(odd),
        errors=sum(text in ERRORS for text in odd),
        letter=letters_of(place),
        unit=None if cells.about is None else cells.about.unit,
        confidence=None if cells.about is None else cells.about.confidence,
    )


def _table(frame: Frame) -> pa.Table:
    names = [cells.name for cells in frame.columns]
    arrays: list[Any] = [cells.values for cells in frame.columns]
    odd: list[list[dict[str, int | str]] | None] = [None] * frame.rows
    for place, cells in enumerate(frame.columns):
        for row, text in enumerate([] if cells.odd is None else cells.odd.to_pylist()):
            if text is not None:
                odd[row] = [*(odd[row] or ()), {"column": place, "text": text}]
    if any(odd):
        names.append(ODD)
        arrays.append(pa.array(odd, type=odd_type()))
    return pa.table(arrays, names=names)


def _write_parts(table: pa.Table, job: Job) -> Iterator[Part]:
    for number, start in enumerate(range(0, table.num_rows, _PART_ROWS)):
        job.progress("writing", start, table.num_rows)
        piece = table.slice(start, _PART_ROWS)
        out = io.BytesIO()
        pq.write_table(piece, out, compression="zstd", row_group_size=BATCH_ROWS)
        key = job.key(f"part-{number:05}.parquet")
        job.store.create(key, out.getvalue(), "application/vnd.apache.parquet")
        yield Part(key=key, rows=piece.num_rows)


def _profile(frame: Frame, columns: Sequence[Column], job: Job) -> Profile:
    profiles = []
    for number, (cells, column) in enumerate(zip(frame.columns, columns, strict=True)):
        job.progress("profiling", frame.rows * number // len(columns), frame.rows)
        profiles.append(_profile_of(cells, column))
    return Profile(total_rows=frame.rows, columns=profiles)


def _profile_of(cells: Cells, column: Column) -> ColumnProfile:
    if cells.profile is not None:
        return cells.profile.model_copy(update={"name": column.name})
    return profile_column(column, cells.values)


def _with_original(frame: Frame, job: Job, manifest_key: str, manifest: Manifest) -> Published:
    """Write the workbook; what no workbook can hold is written as CSV."""
    job.progress("writing the workbook", 0, manifest.total_rows)
    if fits_workbook(frame):
        file_key, path = job.key("original.xlsx"), job.folder / "original.xlsx"
        write_workbook(frame, path)
        source = Source(
            format="xlsx", sheets=[SHEET], sheet=SHEET, header_rows=[1], first_data_row=2
        )
    else:
        file_key, path = job.key("original.csv"), job.folder / "original.csv"
        with path.open("wb") as file:
            # It is read again, and then every cell is to be what it was.
            file.writelines(export_csv(job.store, manifest, neutralise=False))
        source = Source(
            format="csv",
            sheets=[],
            sheet="",
            header_rows=[1],
            first_data_row=2,
            encoding="utf-8-sig",
            delimiter=",",
        )
    digest = _upload(job, file_key, path)
    size = path.stat().st_size
    return Published(manifest_key, manifest, file_key, size, digest, source)


def _upload(job: Job, key: str, path: Path) -> str:
    """Store a file; return its SHA-256. A small one takes a single request."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if path.stat().st_size <= _AT_ONCE_BYTES:
        job.store.create(key, path.read_bytes())
        return digest
    with path.open("rb") as file, job.store.writer(key) as out:
        shutil.copyfileobj(file, out, _AT_ONCE_BYTES)
    return digest
