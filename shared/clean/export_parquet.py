"""One Parquet file of all parts; odd cells are in its column `_odd`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, cast

from shared.clean.column import ODD
from shared.clean.manifest import Manifest
from shared.clean.read import selected
from shared.clean.schema import odd_type, schema_of
from shared.clean.selection import Selection
from shared.storage import Store

if TYPE_CHECKING:
    import pyarrow as pa

_PIECE = 1 << 20


def export_parquet(
    store: Store, manifest: Manifest, selection: Selection | None = None
) -> Iterator[bytes]:
    """Yield the file; a single part is the file already, if all of it is wanted."""
    everything = Selection.of(manifest)
    selection = selection or everything
    if selection == everything and len(manifest.parts) == 1:
        return _pieces(store.open(manifest.parts[0].key))
    return _joined(store, manifest, selection)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _joined(store: Store, manifest: Manifest, selection: Selection) -> Iterator[bytes]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema, sink = schema_of(selection.columns(manifest)), _Sink()
    with pq.ParquetWriter(cast("IO[bytes]", sink), schema, compression="zstd") as writer:
        for table in selected(store, manifest, selection):
            writer.write_table(_renumbered(table, selection).select(schema.names))
            yield sink.drain()
    yield sink.drain()


def _renumbered(table: pa.Table, selection: Selection) -> pa.Table:
    """Let odd cells name their columns by the places that those have in the file."""
    import pyarrow as pa  # noqa: PLC0415

    place = {position: place for place, position in enumerate(selection.positions)}
    if ODD not in table.column_names or all(old == new for old, new in place.items()):
        return table
    rows: list[Any] = []
    for cells in table.column(ODD).to_pylist():
        kept = [
            {"column": place[cell["column"]], "text": cell["text"]}
            for cell in cells or ()
            if cell["column"] in place
        ]
        rows.append(kept or None)
    at = table.column_names.index(ODD)
    return table.set_column(at, ODD, pa.array(rows, type=odd_type()))


class _Sink(io.RawIOBase):
    """Keeps what was written until it is fetched; the position goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = bytearray()
        self._position = 0

    def drain(self) -> bytes:
        kept, self._kept = bytes(self._kept), bytearray()
        return kept

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def write(self, data: object) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        self._kept += piece
        self._position += len(piece)
        return len(piece)
