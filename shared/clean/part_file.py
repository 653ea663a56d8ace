"""A part of clean data, open for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from shared.clean.manifest import Part
from shared.storage import Store

if TYPE_CHECKING:
    import pyarrow.parquet as pq


@contextmanager
def part_file(store: Store, part: Part) -> Iterator[pq.ParquetFile]:
    """Open a part: a small one comes in one request, of a large one only what is read.

    Raises ObjectMissing.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    data = store.read_small(part.key)
    if data is not None:
        with pq.ParquetFile(pa.BufferReader(data)) as parquet:
            yield parquet
    else:
        with store.open(part.key) as file, pq.ParquetFile(file) as parquet:
            yield parquet
