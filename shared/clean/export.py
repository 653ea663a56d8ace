"""Clean data as a file to download."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from shared.clean.export_csv import export_csv
from shared.clean.export_json import export_json
from shared.clean.export_parquet import export_parquet
from shared.clean.export_xlsx import export_xlsx
from shared.clean.manifest import read_manifest
from shared.storage import Store

ExportFormat = Literal["xlsx", "csv", "parquet", "json"]

MEDIA_TYPES: Final[dict[ExportFormat, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}

_EXPORTS: Final = {
    "xlsx": export_xlsx,
    "csv": export_csv,
    "parquet": export_parquet,
    "json": export_json,
}


def export(store: Store, manifest_key: str, fmt: ExportFormat) -> Iterator[bytes]:
    """Return the file in pieces. Odd cells stand in it with their original text.

    Raises ObjectMissing, or Unprocessable when the format cannot hold so many rows or columns,
    before the first piece is asked for.
    """
    return _EXPORTS[fmt](store, read_manifest(store, manifest_key))
