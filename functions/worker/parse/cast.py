"""A staged batch in the final types of its columns: the second pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.parse.cells import EXACT_FLOAT, Cell, as_text
from functions.worker.parse.staging import is_tagged, unstage
from functions.worker.parse.types import Typing, value_of
from shared.clean.column import ODD
from shared.clean.schema import arrow_type


@dataclass(frozen=True, slots=True)
class Target:
    """A column of the clean data and where its cells come from."""

    position: int
    """In the sheet, from 0."""
    typing: Typing


Odd = list[dict[str, int | str]]


def cast(staged: pa.Table, targets: Sequence[Target], schema: pa.Schema) -> pa.Table:
    """Return the clean table; what does not fit its column's type goes into ODD."""
    odd: list[Odd | None] = [None] * staged.num_rows
    arrays = [_cast_column(staged, number, target, odd) for number, target in enumerate(targets)]
    if ODD in schema.names:
        arrays.append(pa.array(odd, type=schema.field(ODD).type))
    return pa.Table.from_arrays(arrays, schema=schema)


def _cast_column(
    staged: pa.Table, number: int, target: Target, odd: list[Odd | None]
) -> pa.Array[Any] | pa.ChunkedArray[Any]:
    wanted = arrow_type(target.typing.type)
    at_once = _cast_at_once(staged, target)
    if at_once is not None:
        return at_once
    cells = unstage(staged, target.position)
    if cells is None:
        return pa.array([None] * staged.num_rows, type=wanted)
    values = [value_of(cell, target.typing) for cell in cells]
    for row, (cell, value) in enumerate(zip(cells, values, strict=True)):
        if value is None and cell is not None:
            _keep(odd, row, number, cell)
    return pa.array(values, type=wanted)


def _keep(odd: list[Odd | None], row: int, number: int, cell: Cell) -> None:
    entry = odd[row] or []
    entry.append({"column": number, "text": as_text(cell)})
    odd[row] = entry


def _cast_at_once(staged: pa.Table, target: Target) -> pa.ChunkedArray[Any] | None:
    """Cast a native column in one go where no cell of it can be odd; None otherwise."""
    index = staged.schema.get_field_index(str(target.position))
    if index < 0 or is_tagged(staged.schema.field(index)):
        return None
    column, kind = staged.column(index), target.typing.type
    native = column.type
    if native == arrow_type(kind):
        return column
    if pa.types.is_floating(native) and kind == "integer" and _all_exact(column):
        return _safely(column, pa.int64())
    if pa.types.is_integer(native) and kind == "decimal" and _all_exact(column):
        return column.cast(pa.float64())
    if pa.types.is_timestamp(native) and kind == "date":
        return _safely(column, pa.date32())
    return None


def _all_exact(column: pa.ChunkedArray[Any]) -> bool:
    found: Any = pc.min_max(column)
    extremes = found.as_py()
    low, high = extremes["min"], extremes["max"]
    return low is None or (low >= -EXACT_FLOAT and high <= EXACT_FLOAT)


def _safely(column: pa.ChunkedArray[Any], wanted: pa.DataType) -> pa.ChunkedArray[Any] | None:
    try:
        return column.cast(wanted, safe=True)
    except pa.ArrowInvalid:
        return None
