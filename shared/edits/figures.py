"""Figures of many values."""

from __future__ import annotations

from typing import Literal

from shared.clean.column import ColumnType
from shared.edits.shape import NUMBERS, ORDERED, TEXTS, Shape
from shared.errors import Unprocessable

Figure = Literal[
    "count", "distinct", "first", "last", "min", "max", "sum", "mean", "median", "sd", "mode",
    "text",
]  # fmt: skip
"""`count` and `distinct` count values, not blanks; `text` joins the different ones with "; "."""

_SUMS = (*NUMBERS, "duration")
_TYPES: dict[Figure, tuple[ColumnType, ...]] = {
    "min": (*ORDERED, *TEXTS),
    "max": (*ORDERED, *TEXTS),
    "sum": _SUMS,
    "mean": _SUMS,
    "median": _SUMS,
    "sd": NUMBERS,
}
_COUNTS = ("count", "distinct")


def need_figure(shape: Shape, column: str | None, figure: Figure) -> None:
    """Raise Unprocessable unless the column is there and has such a figure."""
    if column is not None:
        shape.need([column], _TYPES.get(figure))
    elif figure != "count":
        raise Unprocessable(f"Say of which column the {figure} is to be taken.")


def type_of(shape: Shape, column: str | None, figure: Figure) -> ColumnType | None:
    """Return the type of the figure, None where it cannot be known yet."""
    if figure in _COUNTS or column is None:
        return "integer"
    if figure == "text":
        return "text"
    kind = shape.types.get(column)
    if kind == "category":
        return "text"
    exact = figure in ("first", "last", "min", "max", "mode") or kind == "duration"
    if exact or kind is None:
        return kind
    return "integer" if figure == "sum" and kind == "integer" else "decimal"
