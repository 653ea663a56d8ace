"""Arrow's functions on whole columns, loaded when they are first needed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pyarrow as pa

Cells: TypeAlias = Any
"""An Arrow array; the stubs know too little of what the functions give to say more."""


@cache
def compute() -> Any:  # noqa: ANN401 - its stubs know neither plain values nor all of it
    """Return `pyarrow.compute`."""
    import pyarrow.compute as pc  # noqa: PLC0415 - status must start without it

    return pc


def cells_of(table: pa.Table, index: int) -> Cells:
    """Return a table's column in one piece."""
    import pyarrow as pa  # noqa: PLC0415

    column = table.column(index)
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.nulls(0, column.type)
