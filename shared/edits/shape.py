"""What can be known of a table before the work on it is done: its columns' names and types."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from shared.clean.column import ODD, Column, ColumnType
from shared.clean.values import Json
from shared.edits.constants import constant
from shared.errors import Unprocessable

NUMBERS: tuple[ColumnType, ...] = ("integer", "decimal")
TEXTS: tuple[ColumnType, ...] = ("text", "category")
ORDERED: tuple[ColumnType, ...] = (*NUMBERS, "date", "datetime", "time", "duration")


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns in their order; a type is None where only the work itself can tell it."""

    types: Mapping[str, ColumnType | None]
    open: bool = False
    """There may be more columns, whose names only the work itself can tell."""

    @classmethod
    def of(cls, columns: Iterable[Column]) -> Self:
        """Return the shape of clean data with these columns."""
        return cls({column.name: column.type for column in columns})

    def need(self, names: Iterable[str], types: Collection[ColumnType] | None = None) -> None:
        """Raise Unprocessable unless all the columns are there, and of one of the types."""
        for name in names:
            if name not in self.types and not self.open:
                raise Unprocessable(
                    f"There is no column {name!r}. The columns are: {', '.join(self.types)}.",
                    unknown=name,
                    columns=list(self.types),
                )
            kind = self.types.get(name)
            if types is not None and kind is not None and kind not in types:
                raise Unprocessable(
                    f"The column {name!r} is of type {kind}; this needs {' or '.join(types)}. "
                    "Change its type first.",
                    column=name,
                    type=kind,
                )

    def need_constant(self, name: str, value: Json) -> None:
        """Raise Unprocessable for a constant that is known to be no value of the column."""
        kind = self.types.get(name)
        if kind is not None:
            constant(value, kind)

    def need_free(self, names: Iterable[str]) -> None:
        """Raise Unprocessable where a new column would have the name of another one."""
        seen = {ODD, *self.types}
        for name in names:
            if name in seen:
                raise Unprocessable(f"The name {name!r} is taken: choose another one.", column=name)
            seen.add(name)

    def renamed(self, names: Mapping[str, str]) -> Shape:
        """Give columns other names."""
        return Shape({names.get(name, name): kind for name, kind in self.types.items()}, self.open)

    def without(self, names: Iterable[str]) -> Shape:
        """Leave columns out."""
        gone = set(names)
        return Shape({n: kind for n, kind in self.types.items() if n not in gone}, self.open)

    def plus(self, types: Mapping[str, ColumnType | None]) -> Shape:
        """Add columns at the end, or change the type of those that are there."""
        return Shape({**self.types, **types}, self.open)
