"""What rows are asked for: `column:op:value`, checked against the columns that there are.

| op | rows whose cell in the column … | columns |
| --- | --- | --- |
| `eq`, `ne` | is the value; is not, which blank and odd cells are not either | all |
| `lt`, `le`, `gt`, `ge` | is less, at most, greater, at least | all but booleans |
| `in` | is one of the values, which commas separate; `"a,b"` for one with a comma | all |
| `contains`, `startswith` | has the text in it, begins with it; capitals do not matter | text |
| `isblank`, `notblank` | is empty, is not; these take no value | all |

All conditions must hold. A cell that does not fit its column's type compares like a blank one.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from shared.clean.column import Column
from shared.clean.literal import TEXTS, Value, literal
from shared.errors import Unprocessable

Op = Literal[
    "eq", "ne", "lt", "le", "gt", "ge", "in", "contains", "startswith", "isblank", "notblank"
]
OPS: Final[tuple[Op, ...]] = get_args(Op)
_BLANK: Final = ("isblank", "notblank")
_ORDER: Final = ("lt", "le", "gt", "ge")
_TEXT: Final = ("contains", "startswith")


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one column; `values` are of its type: one, any number for `in`, none for blanks."""

    position: int
    op: Op
    values: tuple[Value, ...]


def conditions_of(columns: Sequence[Column], texts: Sequence[str]) -> tuple[Condition, ...]:
    """Return the conditions; raises Unprocessable, with a sentence that says how to do better."""
    return tuple(_condition(columns, text) for text in texts)


def unknown_column(name: str, columns: Sequence[Column]) -> Unprocessable:
    """Return the error for a name that no column has."""
    known = [column.name for column in columns]
    return Unprocessable(
        f"There is no column {name!r}. The columns are: {', '.join(known)}.",
        unknown=[name],
        columns=known,
    )


def _condition(columns: Sequence[Column], text: str) -> Condition:
    position, op, rest = _split(columns, text)
    column = columns[position]
    if op in _BLANK:
        if rest:
            raise Unprocessable(f"{op} takes no value: write {column.name}:{op}.")
        return Condition(position, op, ())
    if rest is None:
        raise Unprocessable(f"{op} needs a value: write {column.name}:{op}:value.")
    _check_type(column, op)
    given = _listed(rest) if op == "in" else [rest]
    return Condition(position, op, tuple(literal(each, column) for each in given))


def _split(columns: Sequence[Column], text: str) -> tuple[int, Op, str | None]:
    """Find the column, whose name may have colons in it, the op, and what follows."""
    fitting = (
        (len(column.name), position)
        for position, column in enumerate(columns)
        if text.startswith(f"{column.name}:")
    )
    for length, position in sorted(fitting, reverse=True):
        word, colon, rest = text[length + 1 :].partition(":")
        for op in OPS:
            if word == op:
                return position, op, rest if colon else None
    raise _not_understood(columns, text)


def _not_understood(columns: Sequence[Column], text: str) -> Unprocessable:
    name, _, rest = text.partition(":")
    if not rest:
        return Unprocessable(
            f"{text!r} is no filter: write column:op:value, such as {columns[0].name}:notblank."
        )
    if any(text.startswith(f"{column.name}:") for column in columns):
        return Unprocessable(
            f"{rest.partition(':')[0]!r} is nothing to filter by: use one of {', '.join(OPS)}."
        )
    return unknown_column(name, columns)


def _check_type(column: Column, op: Op) -> None:
    if op in _TEXT and column.type not in TEXTS:
        raise Unprocessable(
            f"{op} is for columns of text, and {column.name!r} holds values of type {column.type}: "
            "use eq, ne, lt, le, gt, ge or in."
        )
    if op in _ORDER and column.type == "boolean":
        raise Unprocessable(f"{column.name!r} is true or false, neither is less: use eq or ne.")


def _listed(text: str) -> list[str]:
    try:
        (values,) = csv.reader([text], strict=True)
    except (csv.Error, ValueError) as error:
        raise Unprocessable(
            f"{text!r} is no list: separate values by commas, and put a value with a comma in "
            'double quotes, as in "a,b",c.'
        ) from error
    return values
