"""Small tables to try actions on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pyarrow as pa

from functions.worker.frames.apply import apply
from functions.worker.frames.frame import Cells, Frame, texts_or_null
from shared.clean.column import ColumnType
from shared.clean.schema import arrow_type
from shared.edits.known import recipe_of

_TYPES: dict[type, ColumnType] = {
    int: "integer",
    float: "decimal",
    bool: "boolean",
    date: "date",
    datetime: "datetime",
    time: "time",
    timedelta: "duration",
    str: "text",
}


@dataclass(frozen=True)
class Odd:
    """A cell that does not fit its column's type."""

    text: str


def table(types: Mapping[str, ColumnType] | None = None, /, **columns: Sequence[Any]) -> Frame:
    """Return a table; the type of a column is that of its first value, if not given."""
    cells = [_cells(name, values, (types or {}).get(name)) for name, values in columns.items()]
    return Frame(tuple(cells), len(cells[0].values))


def rows(frame: Frame) -> dict[str, list[Any]]:
    """Return what is in a table, in the form in which one is made."""
    return {cells.name: _values(cells) for cells in frame.columns}


def changed(frame: Frame, *actions: dict[str, Any], **others: Frame) -> Frame:
    """Return the table after these actions; `others` by the last letter of their record's id."""
    known = {record(name): other for name, other in others.items()}
    for action in recipe_of(actions):
        frame = apply(action, frame, known)
    return frame


def record(name: str) -> UUID:
    """Return the id of a record that is called so."""
    return UUID(int=ord(name[-1]))


def _cells(name: str, values: Sequence[Any], kind: ColumnType | None) -> Cells:
    typed = [None if isinstance(value, Odd) else value for value in values]
    kind = kind or next((_TYPES[type(value)] for value in typed if value is not None), "text")
    odd = [value.text if isinstance(value, Odd) else None for value in values]
    stored = pa.chunked_array([pa.array(typed, type=arrow_type(kind))])
    return Cells(name, kind, stored, texts_or_null(odd))


def _values(cells: Cells) -> list[Any]:
    values = cells.values.to_pylist()
    for row, text in enumerate([] if cells.odd is None else cells.odd.to_pylist()):
        if text is not None:
            assert values[row] is None
            values[row] = Odd(text)
    return values
