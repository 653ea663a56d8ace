"""A batch of raw cells as one table that loses nothing, until the columns' types are known.

Each strand of a column is a column of the table, named by position and class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyarrow import Table

from functions.worker.parse.arrow import Array, pa
from functions.worker.parse.strands import Strand, Strands


def stage(columns: Mapping[int, Strands], rows: int) -> Table:
    """Return the table of a batch; `columns` holds only those that are not all blank."""
    arrays: dict[str, Array] = {
        f"{position}{strand}": array
        for position, strands in sorted(columns.items())
        for strand, array in strands.items()
    }
    if not arrays:
        arrays = {"": pa.nulls(rows)}
    table: Table = pa.table(arrays)
    return table


def unstage(table: Table, position: int) -> Strands:
    """Return a column's strands again; none when it is all blank in this batch."""
    found: Strands = {}
    for strand in Strand:
        index = table.schema.get_field_index(f"{position}{strand}")
        if index >= 0:
            found[strand] = table.column(index).combine_chunks()
    return found


def joined(tables: Sequence[Table]) -> Table:
    """Return one table of several batches; what one of them lacks is blank there."""
    if len(tables) == 1:
        return tables[0]
    whole: Table = pa.concat_tables(tables, promote_options="default")
    return whole.combine_chunks()
