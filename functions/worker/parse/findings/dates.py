"""Dates that are far from what can be meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.findings.hits import Hits, hits_at
from shared.clean.column import Column
from shared.clean.values import json_value

_EARLIEST, _LATEST = date(1900, 1, 2), date(2100, 12, 31)
"""Excel shows 0 and 1 as the days before."""
_FAR = 5
"""Times the spread of the middle nine tenths, beyond them; and a year, for narrow ones."""
_YEAR = 366
_ENOUGH = 20


def find_far_dates(column: Column, values: Array) -> Hits | None:
    """Return dates outside of this and the last century, or far from all others."""
    if column.type not in ("date", "datetime") or values.null_count == len(values):
        return None
    days = _days(values)
    low, high = _limits(days[~np.isnan(days)])
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero((days < low) | (days > high))
    return hits_at(
        "out_of_range_date",
        rows,
        lambda row: json_value(values[row].as_py()),
        low=_shown(low),
        high=_shown(high),
    )


def _days(values: Array) -> Any:  # noqa: ANN401 - numpy's own
    """Return days since 1970, not a number where there is none."""
    dates = values.cast(pa.date32(), safe=False).cast(pa.int32()).cast(pa.float64())
    return pc.fill_null(dates, np.nan).to_numpy(zero_copy_only=False)


def _limits(days: Any) -> tuple[float, float]:  # noqa: ANN401
    low, high = ((limit - date(1970, 1, 1)).days for limit in (_EARLIEST, _LATEST))
    if len(days) < _ENOUGH:
        return low, high
    ordered, outside = np.sort(days), len(days) // 20
    start, end = ordered[outside], ordered[-1 - outside]
    room = _FAR * (end - start) + _YEAR
    return max(low, start - room), min(high, end + room)


def _shown(days: float) -> str:
    return str(np.datetime64(int(days), "D"))
