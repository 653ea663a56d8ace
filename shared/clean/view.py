"""Which rows are asked for, and in which order: their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.clean.compute import Cells, compute
from shared.clean.condition import Condition
from shared.clean.manifest import Manifest
from shared.clean.matching import matches, shown
from shared.clean.ordering import SortKey
from shared.clean.scan import Stretch, scan
from shared.storage import Store

if TYPE_CHECKING:
    import pyarrow as pa

_SPARE_ROWS = 65_536
"""Rows to sort are let pile up by so many before those that cannot come first are dropped."""
_FEW = 20
"""To sort all takes less than to pick more than one in so many."""
_ROW = "row"


@dataclass(frozen=True, slots=True)
class View:
    """Conditions that all must hold, and an order; rows that are equal keep the sheet's."""

    conditions: tuple[Condition, ...] = ()
    keys: tuple[SortKey, ...] = ()

    @property
    def positions(self) -> list[int]:
        """The columns that must be looked at to know the rows."""
        filtered = {each.position for each in self.conditions}
        return sorted(filtered | {each.position for each in self.keys})


@dataclass(frozen=True, slots=True)
class Window:
    """Numbers of the rows that a page shows, in its order, and how many rows match in all."""

    rows: list[int]
    matched: int


def window(store: Store, manifest: Manifest, view: View, *, offset: int, limit: int) -> Window:
    """Find rows `offset` to `offset + limit` of a view in one pass.

    Memory is that of the columns looked at, of a few parts and, when sorting, of about
    3 × (offset + limit) rows.
    """
    if view.keys:
        return _sorted(store, manifest, view, offset, limit)
    rows: list[int] = []
    matched = 0
    for numbers in _numbers(store, manifest, view):
        lacking = limit - len(rows)
        rows += numbers.slice(max(0, offset - matched), lacking).to_pylist()
        matched += len(numbers)
    return Window(rows, matched)


def _numbers(store: Store, manifest: Manifest, view: View) -> Iterator[Any]:
    pc = compute()

    for stretch in scan(store, manifest, view.positions, view.conditions):
        fitting = _fitting(stretch, view)
        yield pc.add(fitting, stretch.first)


def _sorted(store: Store, manifest: Manifest, view: View, offset: int, limit: int) -> Window:
    import pyarrow as pa  # noqa: PLC0415

    end, matched = offset + limit, 0
    kept: list[pa.Table] = []
    for table in _keys(store, manifest, view):
        matched += table.num_rows
        kept.append(table)
        if sum(each.num_rows for each in kept) >= 2 * end + _SPARE_ROWS:
            kept = [_first(pa.concat_tables(kept), view.keys, end)]
    if not kept:
        return Window([], 0)
    rows: Any = _first(pa.concat_tables(kept), view.keys, end).column(_ROW)
    return Window(rows.slice(offset, limit).to_pylist(), matched)


def _keys(store: Store, manifest: Manifest, view: View) -> Iterator[pa.Table]:
    """Yield what is sorted by: the rows that match, with their numbers."""
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    names = [str(key.position) for key in view.keys]
    for stretch in scan(store, manifest, view.positions, view.conditions):
        columns = [shown(stretch.table, view.positions, key.position) for key in view.keys]
        fitting = _fitting(stretch, view)
        numbers = pc.add(fitting, stretch.first)
        table = pa.table([*(each.take(fitting) for each in columns), numbers], [*names, _ROW])
        yield table


def _fitting(stretch: Stretch, view: View) -> Cells:
    """Return where in the stretch the rows are that match."""
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    if view.conditions:
        mask = matches(stretch.table, view.positions, view.conditions)
    else:
        mask = pa.repeat(pa.scalar(value=True), stretch.table.num_rows)
    return pc.indices_nonzero(mask).cast(pa.int64())


def _first(table: pa.Table, keys: Sequence[SortKey], count: int) -> pa.Table:
    """Return the first `count` rows in order. Blanks come last, both ways."""
    pc = compute()

    order: list[Any] = [
        (str(key.position), "descending" if key.descending else "ascending") for key in keys
    ]
    order.append((_ROW, "ascending"))
    if count * _FEW > table.num_rows:
        return table.take(pc.sort_indices(table, sort_keys=order).slice(0, count))
    return table.take(pc.select_k_unstable(table, k=count, sort_keys=order))
