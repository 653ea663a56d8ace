"""A table in memory, column by column, the cells that do not fit their column's type beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from shared.clean.column import Column, ColumnType
from shared.clean.profile import ColumnProfile
from shared.clean.schema import arrow_type
from shared.edits.shape import Shape

MAX_ROWS = 10_000_000
"""What an action may make of a table."""

Values: TypeAlias = Any
"""A pyarrow ChunkedArray: the stubs cannot tell what most of its functions return."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A column. An odd cell is null in `values` and has its text in `odd`, which is None else."""

    name: str
    type: ColumnType
    values: Values
    odd: Values | None = None
    about: Column | None = None
    """The column that it comes from, while it holds what that held."""
    profile: ColumnProfile | None = None
    """Its figures, as long as no cell has changed."""

    @classmethod
    def of(cls, name: str, kind: ColumnType, values: Values) -> Self:
        """Return a new column without odd cells."""
        return cls(name, kind, _chunked(values))

    @property
    def blank(self) -> Values:
        """Which cells are blank."""
        empty: Values = self.values.is_null()
        return empty if self.odd is None else pc.and_(empty, self.odd.is_null())

    def renamed(self, name: str) -> Cells:
        """Return the same cells under another name."""
        return Cells(name, self.type, self.values, self.odd, self.about, self.profile)

    def take(self, rows: pa.Array[Any]) -> Cells:
        """Return the cells of these rows in this order; a null is a blank."""
        odd = None if self.odd is None else _none_if_empty(self.odd.take(rows))
        return Cells(self.name, self.type, self.values.take(rows), odd, self.about)

    def slice(self, start: int, rows: int) -> Cells:
        """Return some rows, that are not copied."""
        odd = None if self.odd is None else self.odd.slice(start, rows)
        return Cells(self.name, self.type, self.values.slice(start, rows), odd)

    def changed(self, values: Values, odd: Values | None = None) -> Cells:
        """Return the column with other cells of its type."""
        return Cells(self.name, self.type, _chunked(values), _none_if_empty(odd), self.about)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Columns of the same length, each with a name of its own."""

    columns: tuple[Cells, ...]
    rows: int

    @property
    def shape(self) -> Shape:
        """Return what can be said of it without its cells."""
        return Shape({cells.name: cells.type for cells in self.columns})

    def column(self, name: str) -> Cells:
        """Return a column that is there."""
        return next(cells for cells in self.columns if cells.name == name)

    def only(self, names: Iterable[str]) -> list[Cells]:
        """Return columns that are there, in this order."""
        known = {cells.name: cells for cells in self.columns}
        return [known[name] for name in names]

    def take(self, rows: pa.Array[Any]) -> Frame:
        """Return these rows in this order."""
        return Frame(tuple(cells.take(rows) for cells in self.columns), len(rows))

    def where(self, mask: Values) -> Frame:
        """Return the rows of which this is true."""
        rows: Any = pc.indices_nonzero(mask)
        return self if len(rows) == self.rows else self.take(rows)

    def plus(self, *new: Cells) -> Frame:
        """Add columns at the end; one whose name is there takes that one's place."""
        cells = {each.name: each for each in (*self.columns, *new)}
        return Frame(tuple(cells.values()), self.rows)

    def with_each(self, names: Sequence[str], change: Callable[[Cells], Cells]) -> Frame:
        """Put the changed columns in the place of these."""
        return self.plus(*(change(cells) for cells in self.only(dict.fromkeys(names))))


def empty(kind: ColumnType, rows: int) -> Values:
    """Return so many blanks."""
    kind_of_array: Any = arrow_type(kind)
    return _chunked(pa.nulls(rows, kind_of_array))


def texts_or_null(texts: Sequence[str | None]) -> Values | None:
    """Return odd cells; None when there are none."""
    return _none_if_empty(_chunked(pa.array(texts, type=pa.string())))


def _none_if_empty(odd: Values | None) -> Values | None:
    return None if odd is None or odd.null_count == len(odd) else odd


def _chunked(values: Values) -> Values:
    return values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])
