"""All rows of clean data as JSON objects, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator

from shared.clean.json_rows import json_objects
from shared.clean.manifest import Manifest
from shared.clean.read import selected
from shared.clean.row_text import pieces
from shared.clean.selection import Selection
from shared.storage import Store


def ndjson(store: Store, manifest: Manifest, selection: Selection) -> Iterator[bytes]:
    """Yield one JSON object a line, {column name: value}; holds a row group in memory."""
    for objects in json_pieces(store, manifest, selection, separator="\n"):
        yield objects + b"\n"


def json_pieces(
    store: Store, manifest: Manifest, selection: Selection, *, separator: str
) -> Iterator[bytes]:
    """Yield some rows at a time, with `separator` between those of a piece."""
    names = [column.name for column in selection.columns(manifest)]
    overhead = sum(len(name.encode()) + 8 for name in names)
    for table in selected(store, manifest, selection):
        for piece in pieces(table, row_overhead=overhead):
            yield json_objects(piece, selection.positions, names, separator=separator)
