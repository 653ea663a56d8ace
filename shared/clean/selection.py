"""Which columns and rows of clean data a reader wants, all of them unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from shared.clean.column import Column
from shared.clean.condition import Condition, conditions_of, unknown_column
from shared.clean.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Selection:
    """Columns by position, in the order wanted, and conditions that all must hold."""

    positions: tuple[int, ...]
    conditions: tuple[Condition, ...] = ()
    seen: Callable[[int], None] = field(default=lambda _rows: None, compare=False)
    """Told how many of all rows have been looked at, while they are."""

    @classmethod
    def of(
        cls, manifest: Manifest, columns: Sequence[str] | None = None, filters: Sequence[str] = ()
    ) -> Self:
        """Check names and filters (see `condition`); raises Unprocessable."""
        conditions = conditions_of(manifest.columns, filters)
        return cls(positions_of(manifest.columns, columns), conditions)

    def columns(self, manifest: Manifest) -> list[Column]:
        """Return the columns wanted."""
        return [manifest.columns[position] for position in self.positions]


def positions_of(columns: Sequence[Column], names: Sequence[str] | None) -> tuple[int, ...]:
    """Return where the named columns stand, all of them for None; raises Unprocessable."""
    known = {column.name: position for position, column in enumerate(columns)}
    if names is None:
        return tuple(known.values())
    for name in names:
        if name not in known:
            raise unknown_column(name, columns)
    # A column that is named twice is wanted once.
    return tuple(known[name] for name in dict.fromkeys(names))
