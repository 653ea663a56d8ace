"""Number formats: which of them make a number a date, a time of day or a duration."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final


class Shown(IntEnum):
    """What a cell's number stands for."""

    NUMBER = 0
    MOMENT = 1
    """A date or a time of day, by its value."""
    DURATION = 2


_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE_PART = re.compile(r"[dmyhs]", re.IGNORECASE)
_PLAIN = frozenset(("general", "standard"))
_BUILTIN_MOMENTS = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
"""27 to 36 and 50 to 58 are dates and times of day in East Asian Excel; no file defines them."""
_BUILTIN_DURATIONS = frozenset((46,))

BUILTIN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    48: "##0.0E+0",
    49: "@",
}
"""What the numbers of formats mean that Excel does not write down; dates are left out."""


def shown_as(number: int, code: str | None) -> Shown:
    """Return what a format, by its number and its code if it has one, makes of a cell."""
    if code is None:
        if number in _BUILTIN_DURATIONS:
            return Shown.DURATION
        return Shown.MOMENT if number in _BUILTIN_MOMENTS else Shown.NUMBER
    if code.strip().lower() in _PLAIN:
        return Shown.NUMBER
    bare = _LITERAL.sub("", code.partition(";")[0])
    if _ELAPSED.search(bare):
        return Shown.DURATION
    return Shown.MOMENT if _DATE_PART.search(bare) else Shown.NUMBER
