"""How far a parse has come, in a form that the next attempt can go on from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Self

import numpy as np
from pydantic import BaseModel

from functions.worker.parse.kinds import Kind
from functions.worker.parse.notes import NO_NOTES, Notes
from functions.worker.parse.plan import Plan
from shared.clean.manifest import Part

MOST_BREAKS = 2_000

Break = tuple[int, int]
"""A row's number among those with a value, from 0, and its position in the sheet: from here on
rows follow each other up to the next break."""


def breaks_in(positions: Sequence[int]) -> list[Break]:
    """Return where a batch begins and where it leaves out rows; row numbers count from its own."""
    places = np.asarray(positions, np.int64)
    starts = [*range(min(len(places), 1)), *(np.flatnonzero(np.diff(places) != 1) + 1).tolist()]
    return [(row, int(places[row])) for row in starts[:MOST_BREAKS]]


class Checkpoint(BaseModel):
    """Every object that it names is complete."""

    plan: Plan | None = None
    tallies: dict[int, dict[Kind, int]] = {}
    """By the column's position in the sheet."""
    rows: int = 0
    """Filled rows read."""
    breaks: list[Break] = []
    """Of the whole sheet, as many as are worth keeping."""
    next_position: int = 0
    """Position in the sheet after the last row with a value that was read."""
    seen_to: int = 0
    """Position after the last row that was read; where it is less, `next_position` is meant."""
    notes: Notes = NO_NOTES
    staged: list[Part] = []
    open_bytes: int = 0
    """Of the last one staged, if more rows are to go into it; else 0."""
    all_read: bool = False
    parts: list[Part] = []
    looked: list[str] = []
    """Objects with what was seen in the first columns, then in the next."""
    manifest_key: str | None = None

    @property
    def done(self) -> int:
        """Rows read and rows typed: grows with every checkpoint."""
        typed = sum(part.rows for part in self.parts)
        return self.rows + typed + self.all_read + len(self.looked) + bool(self.manifest_key)

    def with_batch(
        self, tallies: dict[int, Counter[Kind]], *, rows: int, next_position: int
    ) -> Self:
        """Add what one batch holds."""
        merged = {column: Counter(counts) for column, counts in self.tallies.items()}
        for column, counts in tallies.items():
            merged.setdefault(column, Counter()).update(counts)
        return self.model_copy(
            update={
                "tallies": {column: dict(counts) for column, counts in merged.items()},
                "rows": self.rows + rows,
                "next_position": max(self.next_position, next_position),
            }
        )

    def with_notes(self, notes: Notes) -> Self:
        """Add what has been noted of a batch."""
        return (
            self
            if notes is NO_NOTES
            else self.model_copy(update={"notes": self.notes.with_more(notes)})
        )

    def with_breaks(self, breaks: list[Break], rows: int) -> Self:
        """Add where a batch, which was counted already and has so many rows, leaves out rows."""
        found = list(self.breaks)
        for row, position in breaks:
            number = self.rows - rows + row
            if not found or number - found[-1][0] != position - found[-1][1]:
                found.append((number, position))
        return self.model_copy(update={"breaks": found[:MOST_BREAKS]})

    def with_part(self, part: Part) -> Self:
        """Add a part of the clean data."""
        return self.model_copy(update={"parts": [*self.parts, part]})

    def with_looked(self, key: str) -> Self:
        """Add an object with what was seen in some columns."""
        return self.model_copy(update={"looked": [*self.looked, key]})
