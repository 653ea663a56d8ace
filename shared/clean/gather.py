"""Rows of clean data by their numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from shared.clean.column import ODD
from shared.clean.manifest import Manifest, Part
from shared.clean.part_file import part_file
from shared.clean.schema import schema_of
from shared.storage import Store

if TYPE_CHECKING:
    import pyarrow as pa

_PARTS_AT_ONCE = 4


def gather(
    store: Store, manifest: Manifest, positions: Sequence[int], rows: Sequence[int]
) -> pa.Table:
    """Return these rows, in the order given: the columns at `positions`, then ODD if there is one.

    Reads the row groups that they are in and no others, and holds one of them at a time per part.
    """
    import pyarrow as pa  # noqa: PLC0415

    columns = [manifest.columns[position] for position in positions]
    names = [column.name for column in columns]
    if any(column.odd for column in columns):
        names.append(ODD)
    if not rows:
        return schema_of(columns).empty_table().select(names)
    starts = list(accumulate((part.rows for part in manifest.parts), initial=0))
    wanted: defaultdict[int, list[int]] = defaultdict(list)
    for row in sorted(rows):
        number = bisect_right(starts, row) - 1
        wanted[number].append(row - starts[number])
    read = partial(_take, store, names)
    with ThreadPoolExecutor(_PARTS_AT_ONCE) as pool:
        parts = (manifest.parts[number] for number in wanted)
        table = pa.concat_tables(pool.map(read, parts, wanted.values()))
    place = {row: place for place, row in enumerate(sorted(rows))}
    return table.take([place[row] for row in rows])


def _take(store: Store, names: list[str], part: Part, rows: list[int]) -> pa.Table:
    """Return some rows of a part; they are sorted."""
    import pyarrow as pa  # noqa: PLC0415

    found = []
    with part_file(store, part) as parquet:
        first = 0
        for number in range(parquet.num_row_groups):
            end = first + parquet.metadata.row_group(number).num_rows
            here = [row - first for row in rows if first <= row < end]
            if here:
                table = parquet.read_row_group(number, columns=names, use_threads=False).select(
                    names
                )
                found.append(table.take(here))
            first = end
    return pa.concat_tables(found)
