"""Clean data as a file to download."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from shared.clean.export_csv import export_csv
from shared.clean.export_json import export_json
from shared.clean.export_parquet import export_parquet
from shared.clean.export_xlsx import export_xlsx
from shared.clean.manifest import Manifest
from shared.clean.selection import Selection
from shared.storage import Store

ExportFormat = Literal["xlsx", "csv", "parquet", "json"]

MEDIA_TYPES: Final[dict[ExportFormat, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}


def export(
    store: Store,
    manifest: Manifest,
    fmt: ExportFormat,
    selection: Selection | None = None,
    *,
    neutralise: bool | None = None,
) -> Iterator[bytes]:
    """Return the file in pieces. Odd cells stand in it with their original text.

    `neutralise` keeps texts from being taken for formulas, in csv unless told otherwise and in
    xlsx on request. Raises Unprocessable when the format cannot hold so many rows or columns,
    before the first piece is asked for.
    """
    selection = selection or Selection.of(manifest)
    match fmt:
        case "xlsx":
            return export_xlsx(store, manifest, selection, neutralise=neutralise or False)
        case "csv":
            return export_csv(store, manifest, selection, neutralise=neutralise is not False)
        case "parquet":
            return export_parquet(store, manifest, selection)
        case "json":
            return export_json(store, manifest, selection)
