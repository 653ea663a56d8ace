"""Which rows are alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from functions.worker.frames.frame import Cells, Values

Places = np.ndarray[Any, np.dtype[np.int64]]


def group_of_rows(columns: Sequence[Cells], rows: int) -> Places:
    """Return each row's group, numbered in the order of their first rows; blanks are alike."""
    groups: Places = np.zeros(rows, dtype=np.int64)
    for cells in columns:
        for values in (cells.values, cells.odd):
            if values is not None:
                found = _codes(values)
                groups = _codes(pa.array(groups * (found.max(initial=0) + 1) + found))
    return groups


def first_rows(groups: Places) -> Places:
    """Return the place of each group's first row."""
    first: Places = np.unique(groups, return_index=True)[1]
    return first


def _codes(values: Values) -> Places:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    encoded: Any = values.dictionary_encode(null_encoding="encode")
    codes: Places = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes
