"""Clean data from the bucket into memory."""

from __future__ import annotations

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from functions.worker.frames.frame import Cells, Frame, Values, texts_or_null
from shared.clean.column import ODD
from shared.clean.manifest import Manifest, read_manifest
from shared.clean.profile import read_profile
from shared.clean.schema import schema_of
from shared.storage import Store


def load(store: Store, manifest_key: str) -> Frame:
    """Return the whole of some clean data; raises ObjectMissing when it has gone."""
    manifest = read_manifest(store, manifest_key)
    table = _table(store, manifest)
    odd = _odd(table, len(manifest.columns))
    profiles = read_profile(store, manifest.profile_key).columns
    columns = (
        Cells(column.name, column.type, table.column(place), odd.get(place), column, profile)
        for place, (column, profile) in enumerate(zip(manifest.columns, profiles, strict=True))
    )
    return Frame(tuple(columns), manifest.total_rows)


def _table(store: Store, manifest: Manifest) -> pa.Table:
    tables = []
    for part in manifest.parts:
        with pq.ParquetFile(io.BytesIO(store.read(part.key))) as file:
            tables.append(file.read())
    return pa.concat_tables(tables) if tables else schema_of(manifest.columns).empty_table()


def _odd(table: pa.Table, width: int) -> dict[int, Values]:
    """Return the texts of the odd cells by the place of their column."""
    if ODD not in table.column_names:
        return {}
    texts: dict[int, list[str | None]] = {}
    column: pa.ChunkedArray[Any] = table.column(ODD)
    for row, cells in enumerate(column.to_pylist()):
        for cell in cells or ():
            if cell["column"] < width:
                texts.setdefault(cell["column"], [None] * table.num_rows)[row] = cell["text"]
    found = {place: texts_or_null(each) for place, each in texts.items()}
    return {place: each for place, each in found.items() if each is not None}
