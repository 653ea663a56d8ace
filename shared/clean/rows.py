"""All rows of clean data, for NDJSON."""

from __future__ import annotations

from collections.abc import Iterator

from shared.clean.manifest import Manifest
from shared.clean.read import tables
from shared.clean.table import rows_of
from shared.clean.values import Json, json_value
from shared.storage import Store


def iterate_rows(store: Store, manifest: Manifest) -> Iterator[dict[str, Json]]:
    """Yield each row as {column name: value}; holds one row group in memory."""
    names = [column.name for column in manifest.columns]
    for table in tables(store, manifest, range(len(names))):
        for row in rows_of(table, range(len(names)), json_value):
            yield dict(zip(names, row, strict=True))
