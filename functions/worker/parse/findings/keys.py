"""Values that should name one row and name several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np

from functions.worker.parse.arrow import Array, pc
from functions.worker.parse.findings.hits import Hits, hits_at
from shared.clean.column import Column
from shared.clean.values import Json, json_value

_MOSTLY = 0.9
"""A column that is called a key is one where so many of its values are distinct."""
_ENOUGH = 5
_CALLED_KEY = re.compile(
    r"(?:^|[^a-z])(?:id|ids|key|uuid|code|no|nr|number|serial|identifier)(?:[^a-z]|$)"
    r"|编号|序号|学号|工号|卡号|病历号|住院号|门诊号|身份证|证号|单号|流水号|代码",
    re.IGNORECASE,
)


def find_duplicates(column: Column, values: Array, *, asked: bool) -> Hits | None:
    """Return the cells that repeat an earlier one, in a column that is a key by name or request."""
    called = column.type in ("integer", "text", "category") and _CALLED_KEY.search(column.name)
    if not asked and not called:
        return None
    return _repeated(_codes(values), [values], mostly=0.0 if asked else _MOSTLY)


def find_duplicate_rows(columns: Sequence[Array]) -> Hits | None:
    """Return the rows that repeat an earlier one in all of these columns together."""
    codes = reduce(_joined, (_codes(values) for values in columns))
    return _repeated(codes, columns, mostly=0.0)


def _codes(values: Array) -> Any:  # noqa: ANN401 - numpy's own
    """Return a number for each distinct value, -1 for a blank."""
    indices = pc.dictionary_encode(values).indices
    return pc.fill_null(indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)


def _joined(left: Any, right: Any) -> Any:  # noqa: ANN401
    both = left * (int(right.max(initial=0)) + 1) + right
    _, codes = np.unique(both, return_inverse=True)
    return np.where((left < 0) | (right < 0), -1, codes)


def _repeated(codes: Any, columns: Sequence[Array], *, mostly: float) -> Hits | None:  # noqa: ANN401
    filled = np.flatnonzero(codes >= 0)
    distinct, first = np.unique(codes[filled], return_index=True)
    if len(filled) < _ENOUGH or len(distinct) < mostly * len(filled):
        return None
    firsts = np.zeros(len(filled), np.bool_)
    firsts[first] = True
    first_row = dict(zip(distinct.tolist(), filled[first].tolist(), strict=True))

    def value_at(row: int) -> Json:
        shown = [json_value(values[row].as_py()) for values in columns]
        return shown[0] if len(shown) == 1 else " / ".join(map(str, shown))

    hits = hits_at("duplicate_key", filled[~firsts], value_at)
    if hits is not None:
        hits.about["firsts"] = [first_row[int(codes[row])] for row in hits.rows]
    return hits
