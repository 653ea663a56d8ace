"""Column names that are unique and readable."""

from __future__ import annotations

from collections.abc import Iterable

from shared.clean.column import ODD


def unique_names(labels: Iterable[tuple[int, str]]) -> list[str]:
    """Return a name for each (position, label): `Column 3` for a blank, `Age (2)` for a second."""
    wanted = [label or f"Column {position + 1}" for position, label in labels]
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
