"""In which order rows are asked for: `-age,name`, checked against the columns that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.clean.column import Column
from shared.clean.condition import unknown_column


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column to sort by. Blank and odd cells come last either way, but a text's odd cells."""

    position: int
    descending: bool


def sort_keys_of(columns: Sequence[Column], texts: Sequence[str]) -> tuple[SortKey, ...]:
    """Return the keys, most important first; raises Unprocessable for an unknown column.

    A name that has commas, or begins with a minus, counts as a name first when it stands alone.
    """
    position_of = {column.name: position for position, column in enumerate(columns)}
    found: dict[int, SortKey] = {}
    for word in _words(texts, position_of):
        descending = word not in position_of and word.startswith("-")
        name = word[1:] if descending else word
        if name not in position_of:
            raise unknown_column(name, columns)
        found.setdefault(position_of[name], SortKey(position_of[name], descending))
    return tuple(found.values())


def _words(texts: Sequence[str], known: dict[str, int]) -> Iterator[str]:
    for text in texts:
        if text in known or text.removeprefix("-") in known:
            yield text
        else:
            yield from filter(None, text.split(","))
