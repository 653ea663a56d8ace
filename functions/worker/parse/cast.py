"""A staged batch in the final types of its columns: the second pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyarrow import Schema, Table

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.as_texts import texts_of
from functions.worker.parse.staging import unstage
from functions.worker.parse.strands import Strands
from functions.worker.parse.types import Typing
from functions.worker.parse.values import values_of
from shared.clean.column import ODD
from shared.clean.schema import arrow_type


@dataclass(frozen=True, slots=True)
class Target:
    """A column of the clean data and where its cells come from."""

    position: int
    """In the sheet, from 0."""
    typing: Typing


@dataclass(frozen=True, slots=True)
class Odd:
    """The cells of one column that have no value in its type: their rows and their texts."""

    column: int
    rows: Array
    texts: Array


def cast(staged: Table, targets: Sequence[Target], schema: Schema) -> Table:
    """Return the clean table; what does not fit its column's type goes into ODD."""
    arrays: list[Array] = []
    odd: list[Odd] = []
    for number, target in enumerate(targets):
        strands = unstage(staged, target.position)
        array = cast_column(strands, target.typing, staged.num_rows)
        arrays.append(array)
        odd += odd_cells(strands, array, number)
    if ODD in schema.names:
        arrays.append(_odd_column(odd, staged.num_rows, schema.field(ODD).type))
    return Table.from_arrays(arrays, schema=schema)


def cast_column(strands: Strands, typing: Typing, rows: int) -> Array:
    """Return a column's values, null where a cell is blank or odd."""
    found = [values_of(strand, array, typing) for strand, array in strands.items()]
    values = [array for array in found if array is not None]
    if not values:
        return pa.nulls(rows, type=arrow_type(typing.type))
    joined: Any = values[0] if len(values) == 1 else pc.coalesce(*values)
    return joined


def odd_cells(strands: Strands, values: Array, column: int) -> list[Odd]:
    """Return the cells that are not blank and yet have no value, by strand."""
    found = []
    missing = pc.is_null(values) if values.null_count else None
    for strand, array in strands.items() if missing is not None else ():
        lost: Any = pc.and_(pc.is_valid(array), missing)
        rows = np.flatnonzero(lost.to_numpy(zero_copy_only=False))
        if len(rows):
            found.append(Odd(column, rows, texts_of(strand, array.take(pa.array(rows)))))
    return found


def _odd_column(odd: list[Odd], length: int, kind: Any) -> Array:  # noqa: ANN401 - a list's type
    if not odd:
        return pa.nulls(length, type=kind)
    rows = np.concatenate([found.rows for found in odd])
    columns = np.concatenate([np.full(len(f.rows), f.column, np.int32) for f in odd])
    order = np.lexsort((columns, rows))
    counts = np.bincount(rows, minlength=length)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    texts = pa.concat_arrays([found.texts for found in odd]).take(pa.array(order))
    entries = pa.StructArray.from_arrays(
        [pa.array(columns[order]), texts],
        fields=list(kind.value_type.fields),
    )
    made: Any = pa.ListArray.from_arrays(
        pa.array(offsets), entries, type=kind, mask=pa.array(counts == 0)
    )
    return made
