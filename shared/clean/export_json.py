"""One JSON array with an object per row."""

from __future__ import annotations

from collections.abc import Iterator

from shared.clean.manifest import Manifest
from shared.clean.rows import json_pieces
from shared.clean.selection import Selection
from shared.storage import Store


def export_json(store: Store, manifest: Manifest, selection: Selection) -> Iterator[bytes]:
    """Yield the array, some rows at a time."""
    yield b"[\n"
    for number, objects in enumerate(json_pieces(store, manifest, selection, separator=",\n")):
        yield b",\n" + objects if number else objects
    yield b"\n]\n"
