"""Tables of clean data, read part by part and only where they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shared.clean.column import ODD
from shared.clean.manifest import Manifest
from shared.clean.matching import matches
from shared.clean.part_file import part_file
from shared.clean.scan import scan
from shared.clean.selection import Selection
from shared.storage import Store

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq


def tables(
    store: Store,
    manifest: Manifest,
    positions: Sequence[int],
    *,
    offset: int = 0,
    limit: int | None = None,
) -> Iterator[pa.Table]:
    """Yield the rows from `offset` on, `limit` of them, one table per row group.

    A table has the columns at `positions`, in that order, then ODD where there are odd cells.
    """
    names = [manifest.columns[position].name for position in positions]
    end = manifest.total_rows if limit is None else min(offset + limit, manifest.total_rows)
    first = 0
    for part in manifest.parts:
        if first < end and first + part.rows > offset:
            with part_file(store, part) as parquet:
                yield from _row_groups(parquet, names, max(offset - first, 0), end - first)
        first += part.rows


def selected(store: Store, manifest: Manifest, selection: Selection) -> Iterator[pa.Table]:
    """Yield what is selected of each row group, if anything is: a table like those of `tables`."""
    names = [column.name for column in selection.columns(manifest)]
    looked_at = (each.position for each in selection.conditions)
    positions = tuple(dict.fromkeys((*selection.positions, *looked_at)))
    for stretch in scan(store, manifest, positions, selection.conditions):
        selection.seen(stretch.first)
        table = stretch.table
        if selection.conditions:
            table = table.filter(matches(table, positions, selection.conditions))
        if table.num_rows:
            yield table.select([*names, *([ODD] if ODD in table.column_names else [])])


def _row_groups(
    parquet: pq.ParquetFile, names: list[str], start: int, end: int
) -> Iterator[pa.Table]:
    """Yield the rows `start` to `end` of one part."""
    wanted = [*names, ODD] if ODD in parquet.schema_arrow.names else names
    first = 0
    for group in range(parquet.num_row_groups):
        rows = parquet.metadata.row_group(group).num_rows
        if first < end and first + rows > start:
            # Names with dots may match more than is asked for; `select` takes the exact ones.
            table = parquet.read_row_group(group, columns=wanted, use_threads=False).select(wanted)
            skipped = max(start - first, 0)
            yield table.slice(skipped, min(end - first, rows) - skipped)
        first += rows
