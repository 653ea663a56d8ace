"""One JSON array with an object per row."""

from __future__ import annotations

import json
from collections.abc import Iterator

from shared.clean.manifest import Manifest
from shared.clean.rows import iterate_rows
from shared.storage import Store

_ROWS_PER_PIECE = 500


def export_json(store: Store, manifest: Manifest) -> Iterator[bytes]:
    """Yield the array, some rows at a time."""
    piece = ["[\n"]
    for number, row in enumerate(iterate_rows(store, manifest)):
        piece += [",\n" if number else "", json.dumps(row, ensure_ascii=False)]
        if number % _ROWS_PER_PIECE == 0:
            yield "".join(piece).encode()
            piece = []
    yield "".join([*piece, "\n]\n"]).encode()
