"""Dates that do not begin with the year: 6/5/2024, 6.5.2024, 6 May 2024, May 6, 2024."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import Enum

_AT = r"(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
_ORDERED = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}){_AT}")
_DAY_NAMED = re.compile(rf"([0-9]{{1,2}})[ /-]([A-Za-z]{{3,9}})\.?,?[ /-]([0-9]{{4}}){_AT}")
_NAMED_DAY = re.compile(rf"([A-Za-z]{{3,9}})\.? ([0-9]{{1,2}}),? ([0-9]{{4}}){_AT}")
_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH = {
    **{name: number for number, name in enumerate(_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_NAMES, 1)},
    "sept": 9,
}
MONTH_FIRST_WORD = "(?:" + "|".join(name[:3].capitalize() for name in _NAMES) + ")[a-z]*[.]? [0-9]"
"""What a date that begins with a month's name begins with; also for another engine's dialect."""
_LONG = re.compile(r"(-?)([0-9]{1,5}):([0-5][0-9]):([0-5][0-9])")


class Order(Enum):
    """Which of the two first numbers of a date is the day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    EITHER = "either"
    """Both may be; the dates around it must tell."""


def order_of(text: str) -> Order | None:
    """Return in which order a plain text is a date, None when it is none."""
    by_day, by_month = (ordered(text, day_first=first) is not None for first in (True, False))
    if by_day and by_month:
        return Order.EITHER
    if by_day:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if by_month else None


def ordered(text: str, *, day_first: bool) -> datetime | None:
    """Return what a plain text such as 6/5/2024 12:30 is worth in this order."""
    match = _ORDERED.fullmatch(text)
    if match is None:
        return None
    day, month = (1, 3) if day_first else (3, 1)
    return _moment(match[4], int(match[month]), match[day], match.groups()[4:])


def named(text: str) -> datetime | None:
    """Return what a plain text with the month's English name is worth."""
    if match := _DAY_NAMED.fullmatch(text):
        month, day = match[2], match[1]
    elif match := _NAMED_DAY.fullmatch(text):
        month, day = match[1], match[2]
    else:
        return None
    return _moment(match[3], _MONTH.get(month.lower(), 0), day, match.groups()[3:])


def duration(text: str) -> timedelta | None:
    """Return what a plain text such as 26:30:00 is worth: hours, minutes, seconds."""
    match = _LONG.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(match[group]) for group in (2, 3, 4))
    found = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -found if match[1] else found


def _moment(year: str, month: int, day: str, at: tuple[str | None, ...]) -> datetime | None:
    hour, minute, second = (int(part or 0) for part in at)
    try:
        return datetime(int(year), month, int(day), hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None
