"""A batch of raw cells as a Parquet table that loses nothing, until the columns' types are known.

A column of one kind is stored natively. Numbers are one kind: an integral float and an integer are
the same cell. A mixed column is stored as texts that begin with a tag.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

import pyarrow as pa

from functions.worker.parse.cells import EXACT_FLOAT, Cell

_TAGGED = b"tagged"
_INT64 = range(-(2**63), 2**63)
_NATIVE: Final[dict[frozenset[type], pa.DataType]] = {
    frozenset((str,)): pa.string(),
    frozenset((int,)): pa.int64(),
    frozenset((float,)): pa.float64(),
    frozenset((int, float)): pa.float64(),
    frozenset((bool,)): pa.bool_(),
    frozenset((datetime,)): pa.timestamp("us"),
    frozenset((time,)): pa.time64("us"),
    frozenset((timedelta,)): pa.duration("us"),
}
_WRITE: Final[dict[type, Callable[[Cell], str]]] = {
    str: lambda cell: f"s{cell}",
    int: lambda cell: f"i{cell}",
    float: lambda cell: f"f{cell!r}",
    bool: lambda cell: "b1" if cell else "b",
    datetime: lambda cell: f"d{cell}",
    time: lambda cell: f"t{cell}",
    timedelta: lambda cell: f"p{cell // timedelta(microseconds=1)}",  # type: ignore[operator]
}
_READ: Final[dict[str, Callable[[str], Cell]]] = {
    "s": str,
    "i": int,
    "f": float,
    "b": bool,
    "d": datetime.fromisoformat,
    "t": time.fromisoformat,
    "p": lambda text: timedelta(microseconds=int(text)),
}


def stage(columns: dict[int, list[Cell]], rows: int) -> pa.Table:
    """Return the table of a batch; `columns` holds only those that are not all blank."""
    fields, arrays = [], []
    for position, cells in sorted(columns.items()):
        array, tagged = _encode(cells)
        metadata = {_TAGGED: b"1"} if tagged else None
        fields.append(pa.field(str(position), array.type, metadata=metadata))
        arrays.append(array)
    if not arrays:
        fields, arrays = [pa.field("-1", pa.null())], [pa.nulls(rows)]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def unstage(table: pa.Table, position: int) -> list[Cell] | None:
    """Return a column's cells again, None when it is all blank in this batch."""
    index = table.schema.get_field_index(str(position))
    if index < 0:
        return None
    cells: list[Cell] = table.column(index).to_pylist()
    if not is_tagged(table.schema.field(index)):
        return cells
    return [None if cell is None else _READ[str(cell)[0]](str(cell)[1:]) for cell in cells]


def is_tagged(field: pa.Field[Any]) -> bool:
    """Tell whether a staged column holds tagged texts."""
    return bool(field.metadata and _TAGGED in field.metadata)


def _encode(cells: Sequence[Cell]) -> tuple[pa.Array[Any], bool]:
    types = frozenset(map(type, cells)) - {type(None)}
    native = _NATIVE.get(types)
    if native is None or (int in types and not _fits(cells, native)):
        return pa.array([None if c is None else _WRITE[type(c)](c) for c in cells]), True
    return pa.array(cells, type=native), False


def _fits(cells: Sequence[Cell], native: pa.DataType) -> bool:
    exact = range(-EXACT_FLOAT, EXACT_FLOAT + 1) if pa.types.is_floating(native) else _INT64
    return all(cell in exact for cell in cells if type(cell) is int)
