"""Excel's day numbers as moments, times of day and durations, by whole arrays."""

from __future__ import annotations

import numpy as np

from functions.worker.parse.arrow import Array
from shared.clean.excel import UNIX_EPOCH_DAY

DAY = 86_400_000_000
"""Microseconds."""
_MS_OF_DAY = 86_400_000
_EPOCH_1900, _EPOCH_1904 = -UNIX_EPOCH_DAY, -24_107
"""Days of DAY_0 and of 1904-01-01 after 1970-01-01."""
_FIRST, _END = -719_162, 2_932_897
"""Days of 0001-01-01 and of 10000-01-01."""
_LEAP_DAY = 60
"""Excel has a 29 February 1900; days before it are one later than they should be."""
LONGEST_DURATION = 1e7
"""Days of a duration; more is a number that happens to be formatted so."""


def moments(serials: Array, *, from_1904: bool) -> tuple[Array, Array, Array]:
    """Return microseconds, which of them are times of day, and which are no moment at all.

    To the millisecond, as Excel rounds. A serial from 0 up to 1 is a time of day.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        day = np.floor(serials)
        ms = np.rint((serials - day) * _MS_OF_DAY)
    is_time = (serials >= 0) & (serials < 1) & (ms < _MS_OF_DAY)
    if not from_1904:
        day = np.where((serials > 0) & (serials < _LEAP_DAY) & ~is_time, day + 1, day)
    day = np.where(is_time, 0, day + (_EPOCH_1904 if from_1904 else _EPOCH_1900))
    outside = ~is_time & ((day < _FIRST) | (day + ms // _MS_OF_DAY >= _END))
    micros = np.where(outside, 0, day).astype(np.int64) * DAY + ms.astype(np.int64) * 1000
    return micros, is_time, outside


def durations(serials: Array) -> tuple[Array, Array]:
    """Return microseconds, to the millisecond, and which are no duration."""
    outside = np.abs(serials) > LONGEST_DURATION
    ms = np.rint(np.where(outside, 0, serials) * _MS_OF_DAY)
    return ms.astype(np.int64) * 1000, outside
