"""Clean data as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Final
from uuid import UUID

from flask import Blueprint, Response

from functions.status.clean_data import CleanData, read_clean
from functions.status.exports import find_export, media_type, open_export, start_export
from functions.status.models.pages import ExportQuery
from functions.status.models.underway import Exported, ExportUnderway, Underway
from functions.status.settings import settings
from shared.clean.export import MEDIA_TYPES, ExportFormat, export
from shared.clean.selection import Selection
from shared.db import transaction
from shared.http.attachment import attachment
from shared.http.identity import current_owner
from shared.http.typed import typed
from shared.jobs.export_sheet import ExportSheet
from shared.records import sheets
from shared.records.sheets import Sheet, prefix_of
from shared.storage import CHUNK_BYTES

blueprint = Blueprint("exports", __name__, url_prefix="/api/v1/sheets/tasks/<uuid:record_id>")

MOST_CELLS: Final[dict[ExportFormat, int]] = {
    "xlsx": 2_000_000,
    "csv": 20_000_000,
    "json": 20_000_000,
    "parquet": 100_000_000,
}
"""What a request makes by itself, in a few seconds; beyond that a job does."""


@blueprint.get("/export")
@typed(problems=(404, 409), media=tuple(MEDIA_TYPES.values()), later=ExportUnderway)
def download(record_id: UUID, query: ExportQuery) -> Response | ExportUnderway:
    """Download rows as a file; a large one is made by a job, which the answer then names."""

    def file(clean: CleanData) -> Response | Underway:
        selection = Selection.of(clean.manifest, query.columns, query.filters)
        cells = clean.manifest.total_rows * len(selection.positions)
        if query.background or cells > MOST_CELLS[query.format]:
            return start_export(clean.sheet, _order(clean, query), cells=cells)
        clean.check()
        chunks = export(
            clean.store, clean.manifest, query.format, selection, neutralise=query.neutralise
        )
        name = f"{PurePath(clean.sheet.file_name).stem}.{query.format}"
        return _file(chunks, name, MEDIA_TYPES[query.format])

    answer = read_clean(record_id, file)
    if isinstance(answer, Response | ExportUnderway):
        return answer
    return ExportUnderway(**answer.model_dump())


@blueprint.get("/exports/<int:job_id>")
@typed(problems=(404, 409), later=ExportUnderway)
def exported(record_id: UUID, job_id: int) -> Exported | ExportUnderway:
    """Tell where the file is that a job has made."""
    return find_export(_sheet(record_id), job_id)


@blueprint.get("/exports/<int:job_id>/file")
@typed(problems=(404, 409), media=tuple(MEDIA_TYPES.values()))
def exported_file(record_id: UUID, job_id: int) -> Response:
    """Download the file that a job has made."""
    store, key, name = open_export(_sheet(record_id), job_id)
    return _file(_chunks(store.open(key)), name, media_type(key))


def _sheet(record_id: UUID) -> Sheet:
    with transaction(settings().database) as conn:
        return sheets.require(conn, record_id, current_owner())


def _order(clean: CleanData, query: ExportQuery) -> ExportSheet:
    return ExportSheet(
        prefix=prefix_of(clean.sheet.id),
        record_id=clean.sheet.id,
        clean_data_key=clean.key,
        format=query.format,
        columns=None if query.columns is None else tuple(query.columns),
        filters=tuple(query.filters),
        neutralise=query.neutralise,
    )


def _file(chunks: Iterator[bytes], name: str, media: str) -> Response:
    headers = {"Content-Disposition": attachment(name)}
    return Response(chunks, content_type=media, headers=headers)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
