"""How a value of clean data is written in JSON."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Json = str | int | float | bool | None

INT64 = range(-(2**63), 2**63)
"""What a column of integers can hold."""

EXACT_IN_JSON = 2**53
"""Readers of JSON keep integers in a float: beyond this they would lose digits."""


def json_value(value: object) -> Json:
    """Return ISO dates and times, h:mm:ss durations, and integers beyond 2^53 as strings."""
    match value:
        case None | bool() | str() | float():
            return value
        case int():
            return value if abs(value) <= EXACT_IN_JSON else str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_text(value)
    raise TypeError(f"{type(value).__name__} is no value of clean data.")


def duration_text(value: timedelta) -> str:
    """Return hours, minutes and seconds as Excel's [h]:mm:ss shows them."""
    sign = "-" if value < timedelta() else ""
    value = abs(value)
    minutes, seconds = divmod(value.days * 86_400 + value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
    return f"{sign}{hours}:{minutes:02}:{seconds:02}{fraction}"
