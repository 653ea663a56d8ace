"""Durations and limits as people write them: 500ms, 30s, 10m, 2h, 14d; 10/s; none."""

from __future__ import annotations

import re

import typer

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)", re.ASCII)
_NONE = "none"

LIFTED = 0
"""What a limit is when there is to be none."""


def duration(text: str) -> float:
    """Return seconds; raises BadParameter, which says how to write it."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise typer.BadParameter(f"{text!r} is no duration: write 500ms, 30s, 10m, 2h or 14d.")
    return round(float(match[1]) * _UNITS[match[2]], 6)


def limit(text: str) -> int:
    """Return a number of 1 or more, or LIFTED for `none`; raises BadParameter."""
    if text == _NONE:
        return LIFTED
    if not (text.isascii() and text.isdecimal()) or int(text) == 0:
        raise typer.BadParameter(f"{text!r} is no limit: write a number of 1 or more, or none.")
    return int(text)


def rate(text: str) -> tuple[int, float]:
    """Return jobs and the seconds in which they may start, (LIFTED, …) for `none`."""
    if text == _NONE:
        return LIFTED, 1.0
    jobs, _, period = text.partition("/")
    try:
        # 10/s is ten in one second, 10/30s ten in thirty.
        seconds = duration(period if period[:1].isdecimal() else f"1{period}")
        if jobs == _NONE:
            raise typer.BadParameter(text)
        return limit(jobs), seconds
    except typer.BadParameter as error:
        raise typer.BadParameter(
            f"{text!r} is no rate: write 10/s, 100/m, 5/30s or none."
        ) from error


def told(seconds: float | None) -> str:
    """Return seconds the way they are written, in the largest unit that leaves a plain number."""
    if seconds is None:
        return ""
    if seconds < 1:
        return f"{seconds * 1000:.0f}ms"
    for unit in ("d", "h", "m"):
        if seconds >= _UNITS[unit] and seconds % _UNITS[unit] == 0:
            return f"{seconds / _UNITS[unit]:.0f}{unit}"
    return f"{seconds:.3g}s" if seconds < 1000 else f"{seconds:.0f}s"  # noqa: PLR2004 - three digits
