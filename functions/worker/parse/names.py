"""Column names that are unique and readable."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shared.clean.column import ODD

_UNIT = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]{1,20}?)\s*[)）\]】]$")
_NUMBERED = re.compile(r" \([0-9]+\)$")


def unit_of(name: str) -> str | None:
    """Return what stands in brackets at the end of a column's name."""
    match = _UNIT.search(_NUMBERED.sub("", name))
    return match[1] if match and not match[1].isdecimal() else None


def letters_of(position: int) -> str:
    """Return a column's letters in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    while position >= 0:
        position, digit = divmod(position, 26)
        letters = chr(65 + digit) + letters
        position -= 1
    return letters


def unique_names(labels: Iterable[tuple[int, str]]) -> list[str]:
    """Return a name for each (position, label): `Column 3` for a blank, `Age (2)` for a second.

    NUL, which the database cannot hold, is left out of what a pivot makes a name of.
    """
    wanted = [
        label.replace("\0", "").strip() or f"Column {position + 1}" for position, label in labels
    ]
    kept = set(wanted)
    names: list[str] = []
    used = {ODD}
    for name in wanted:
        free = name if name not in used else _numbered(name, used | kept)
        used.add(free)
        names.append(free)
    return names


def _numbered(name: str, used: set[str]) -> str:
    number = 2
    while f"{name} ({number})" in used:
        number += 1
    return f"{name} ({number})"
