"""The columns of the clean data, decided once all cells have been counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from functions.worker.parse.cast import Target
from functions.worker.parse.fits import PERCENTS, Evidence, is_marked, is_ordered
from functions.worker.parse.kinds import Kind
from functions.worker.parse.names import letters_of, unique_names, unit_of
from functions.worker.parse.types import Tally, Typing, as_asked, choose_type, evidence
from shared.clean.column import Column, ColumnType
from shared.clean.options import ALL_COLUMNS, NO_OPTIONS, ParseOptions
from shared.errors import Unrecoverable


@dataclass(frozen=True, slots=True)
class _Found:
    """A column before its type is decided."""

    name: str
    position: int
    tally: Tally


def decide_columns(
    labels: Mapping[int, str],
    tallies: Mapping[int, Tally],
    rows: int,
    options: ParseOptions = NO_OPTIONS,
    *,
    delimiter: str | None = None,
) -> tuple[list[Column], list[Target]]:
    """Return each column that has a label or a value, and how its cells are to be cast.

    Raises Unrecoverable when the options name a column that is not there.
    """
    positions = sorted({*labels, *tallies})
    names = unique_names((position, labels.get(position, "")) for position in positions)
    found = [
        _Found(name, position, tallies.get(position, {}))
        for name, position in zip(names, positions, strict=True)
    ]
    _refuse_unknown(names, options)
    beyond = _evidence((each.tally for each in found), options, delimiter)
    asked = _asked(names, options)
    chosen = _Choice(asked, beyond)
    columns, targets = [], []
    for each in found:
        typing = chosen.typing(each)
        columns.append(_column(each, typing, rows, by_request=each.name in asked))
        targets.append(Target(each.position, typing))
    return columns, targets


def _refuse_unknown(names: list[str], options: ParseOptions) -> None:
    known = {*names, ALL_COLUMNS}
    for name in (*options.as_text, *options.types, *options.key):
        if name not in known:
            shown = ", ".join(repr(each) for each in names[:50])
            raise Unrecoverable(f"The options name a column {name!r}. The columns are {shown}.")


def _asked(names: list[str], options: ParseOptions) -> dict[str, ColumnType]:
    texts = names if ALL_COLUMNS in options.as_text else options.as_text
    return {**dict.fromkeys(texts, "text"), **options.types}


class _Choice:
    """The columns' types; a sheet of thousands of columns has but a few tallies."""

    def __init__(self, asked: Mapping[str, ColumnType], beyond: Evidence) -> None:
        self._asked = asked
        self._beyond = beyond
        self._known: dict[frozenset[tuple[Kind, int]], Typing] = {}

    def typing(self, found: _Found) -> Typing:
        if found.name in self._asked:
            return as_asked(self._asked[found.name], found.tally, self._beyond)
        tally = frozenset(found.tally.items())
        if tally not in self._known:
            self._known[tally] = choose_type(found.tally, self._beyond)
        return self._known[tally]


def _evidence(tallies: Iterable[Tally], options: ParseOptions, delimiter: str | None) -> Evidence:
    """Return what is known beyond a column; who separates by semicolons has commas in numbers."""
    found = evidence(tallies)
    comma = True if found.comma is None and delimiter == ";" else found.comma
    return Evidence(
        day_first=found.day_first,
        comma=comma,
        asked_order=None if options.date_order is None else options.date_order == "dayFirst",
        asked_mark=None if options.decimal_mark is None else options.decimal_mark == ",",
    )


def _column(found: _Found, typing: Typing, rows: int, *, by_request: bool) -> Column:
    filled = sum(found.tally.values())
    return Column(
        name=found.name,
        type=typing.type,
        blanks=rows - filled,
        errors=found.tally.get(Kind.ERROR, 0),
        odd=filled - typing.count(found.tally),
        confidence=None if by_request else round(typing.confidence, 4),
        letter=letters_of(found.position),
        unit=unit_of(found.name),
        **_notation(found.tally, typing),
    )


def _notation(tally: Tally, typing: Typing) -> dict[str, Any]:
    """Say how texts were read, where there are any."""
    if typing.type in ("text", "category"):
        return {}
    typed = sum(tally.get(kind, 0) for kind in typing.fits if kind.startswith("typed_"))
    percent = sum(tally.get(kind, 0) for kind in typing.fits & PERCENTS)
    found: dict[str, Any] = {"from_text": typed, "percent": percent}
    notation = typing.notation
    if typing.type in ("date", "datetime") and is_ordered(tally):
        order = "dayFirst" if notation.day_first else "monthFirst"
        found |= {"date_order": order, "ambiguous": notation.order_is_open}
    if typing.type in ("integer", "decimal") and is_marked(tally):
        mark = "," if notation.comma else "."
        found |= {"decimal_mark": mark, "ambiguous": notation.mark_is_open}
    return found
