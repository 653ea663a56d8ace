"""One Parquet file of all parts; odd cells are in its column `_odd`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, cast

from shared.clean.manifest import Manifest
from shared.clean.read import tables
from shared.clean.schema import schema_of
from shared.storage import Store

_PIECE = 1 << 20


def export_parquet(store: Store, manifest: Manifest) -> Iterator[bytes]:
    """Yield the file; a single part is the file already."""
    if len(manifest.parts) == 1:
        return _pieces(store.open(manifest.parts[0].key))
    return _joined(store, manifest)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _joined(store: Store, manifest: Manifest) -> Iterator[bytes]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    sink = _Sink()
    with pq.ParquetWriter(
        cast("IO[bytes]", sink), schema_of(manifest.columns), compression="zstd"
    ) as writer:
        for table in tables(store, manifest, range(len(manifest.columns))):
            writer.write_table(table)
            yield sink.drain()
    yield sink.drain()


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
