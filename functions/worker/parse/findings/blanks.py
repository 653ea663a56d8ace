"""Blank cells where nearly all are filled."""

from __future__ import annotations

import numpy as np

from functions.worker.parse.arrow import Array, pc
from functions.worker.parse.findings.hits import Hits, hits_at, rows_where
from functions.worker.parse.findings.odd import OddCells
from shared.clean.column import Column

_MOSTLY = 0.9
_ENOUGH = 10


def find_blanks(column: Column, values: Array, odd: OddCells | None) -> Hits | None:
    """Return the blank cells of a column that is mostly filled."""
    rows = len(values)
    if not column.blanks or rows < _ENOUGH or column.blanks > (1 - _MOSTLY) * rows:
        return None
    blank = rows_where(pc.is_null(values))
    if odd is not None:
        blank = np.setdiff1d(blank, odd.rows, assume_unique=True)
    share = round(100 * (1 - column.blanks / rows), 1)
    return hits_at("blank", blank, None, share=share)
