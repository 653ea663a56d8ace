"""Cells that a rule has found in a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from functions.worker.parse.arrow import Array
from shared.clean.findings import FIRST_CELLS, Rule
from shared.clean.values import Json


@dataclass(slots=True)
class Hits:
    """How many cells there are, and the first of them: row indices, values, suggestions."""

    rule: Rule
    count: int
    rows: Sequence[int] = ()
    values: Sequence[Json] = ()
    suggestions: Sequence[Json] = ()
    about: dict[str, Any] = field(default_factory=dict)
    """What the sentence tells besides."""

    def with_more(self, other: Hits) -> Hits:
        """Return these and the other hits of the rule, by row."""
        both = sorted(
            zip(
                (*self.rows, *other.rows),
                (*self.values, *other.values),
                (*self.suggestions, *other.suggestions),
                strict=True,
            ),
            key=lambda hit: hit[0],
        )[:FIRST_CELLS]
        rows, values, suggestions = zip(*both, strict=True)
        about = self.about | other.about
        return Hits(self.rule, self.count + other.count, rows, values, suggestions, about)


def hits_at(
    rule: Rule,
    rows: Array,
    value_at: Callable[[int], Json] | None,
    suggest: Callable[[int], Json] | None = None,
    **about: object,
) -> Hits | None:
    """Return the hits at these row indices, in order; None when there are none.

    Without `value_at` the cells are blank.
    """
    if not len(rows):
        return None
    first = rows[:FIRST_CELLS].tolist()
    none = [None] * len(first)
    return Hits(
        rule,
        len(rows),
        first,
        [value_at(row) for row in first] if value_at else none,
        [suggest(row) for row in first] if suggest else none,
        dict(about),
    )


def rows_where(mask: Array) -> Any:  # noqa: ANN401 - numpy's own
    """Return the indices of the true ones of an Arrow or numpy mask, nulls being false."""
    if not isinstance(mask, np.ndarray):
        whole = mask.fill_null(False) if mask.null_count else mask
        mask = whole.to_numpy(zero_copy_only=False)
    return np.flatnonzero(mask)
