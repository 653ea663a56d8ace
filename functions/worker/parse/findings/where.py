"""Where rows of clean data stand in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from functions.worker.parse.checkpoint import MOST_BREAKS, Break


@dataclass(frozen=True, slots=True)
class Where:
    """The sheet and its breaks; see `Checkpoint.breaks`."""

    sheet: str
    breaks: Sequence[Break]

    def row(self, index: int) -> int | None:
        """Return a row's number as Excel counts, None when it is no longer known."""
        place = bisect_right(self.breaks, (index, float("inf"))) - 1
        if place < 0 or (place == len(self.breaks) - 1 and len(self.breaks) == MOST_BREAKS):
            return None
        first, position = self.breaks[place]
        return position + index - first + 1
