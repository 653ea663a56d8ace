"""What a cell of an .ods is worth, by its attributes and its text."""

from __future__ import annotations

import math
import re
from datetime import datetime, time, timedelta
from typing import Final

from functions.worker.parse.cells import Cell
from functions.worker.parse.xlsx.serials import LONGEST_DURATION

_NUMBERS = frozenset(("float", "percentage", "currency"))
_PERIOD = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?"
)
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?)?")
_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=LONGEST_DURATION)


def cell_of(attributes: dict[str, str], text: str, *, lasting: bool) -> Cell:
    """Return a cell; `lasting` says that its format shows a duration and no time of day."""
    kind = attributes.get("value-type")
    if attributes.get("calc-value-type") == "error":
        return text or None
    if kind in _NUMBERS:
        return _number(attributes.get("value", ""), text)
    if kind == "date":
        return _moment(attributes.get("date-value", ""), text)
    if kind == "time":
        return _time(attributes.get("time-value", ""), text, lasting=lasting)
    if kind == "boolean":
        return attributes.get("boolean-value") == "true"
    text = attributes.get("string-value", "") or text
    return text if text and not text.isspace() else None


def _number(value: str, text: str) -> Cell:
    digits = value.removeprefix("-")
    if digits.isdecimal() and digits.isascii():
        return int(value)
    try:
        number = float(value)
    except ValueError:
        return text or None
    return number if math.isfinite(number) else text or value


def _moment(value: str, text: str) -> Cell:
    match = _MOMENT.fullmatch(value)
    if match is None:
        return text or value or None
    fraction = match[7] or "0"
    year, month, day, hour, minute, second = (int(match[n] or 0) for n in range(1, 7))
    micros = round(int(fraction[:9].ljust(9, "0")) / 1000)
    try:
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - no zone in sheets
        return moment + timedelta(microseconds=micros)
    except (ValueError, OverflowError):
        return text or value


def _time(value: str, text: str, *, lasting: bool) -> Cell:
    match = _PERIOD.fullmatch(value)
    if match is None or match[2] or match[3]:
        return text or value or None
    days, hours, minutes = (int(match[n] or 0) for n in (4, 5, 6))
    seconds = float((match[7] or "0").replace(",", "."))
    try:
        period = timedelta(
            days=days, hours=hours, minutes=minutes, milliseconds=round(seconds * 1e3)
        )
    except OverflowError:
        return text or value
    if period > _LONGEST:
        return text or value
    period = -period if match[1] else period
    if lasting or not timedelta() <= period < _DAY:
        return period
    return _of_day(period)


def _of_day(period: timedelta) -> time:
    minutes, seconds = divmod(period.seconds, 60)
    return time(minutes // 60, minutes % 60, seconds, period.microseconds)
