"""Where rows of clean data stand in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from functions.worker.parse.arrow import Array
from functions.worker.parse.checkpoint import MOST_BREAKS, Break


@dataclass(frozen=True)
class Where:
    """The sheet and its breaks; see `Checkpoint.breaks`."""

    sheet: str
    breaks: Sequence[Break]

    def rows(self, indices: Sequence[int]) -> list[int | None]:
        """Return the rows' numbers as Excel counts, None for those no longer known."""
        firsts, positions = self._breaks
        places = np.searchsorted(firsts, indices, side="right") - 1
        known = len(firsts) - (len(firsts) == MOST_BREAKS)
        numbers = (positions[places] + indices - firsts[places] + 1).tolist()
        if known and places.min() >= 0 and places.max() < known:
            return list(numbers)
        found = zip(places.tolist(), numbers, strict=True)
        return [number if 0 <= place < known else None for place, number in found]

    @cached_property
    def _breaks(self) -> tuple[Array, Array]:
        firsts, positions = np.array(self.breaks, np.int64).reshape(-1, 2).T
        return firsts, positions
