"""The odd cells of a table of clean data, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.clean.column import ODD
from shared.clean.compute import Cells, cells_of, compute

if TYPE_CHECKING:
    import pyarrow as pa


class OddTexts:
    """Made once for a table: most columns have none, and are then told so at once."""

    def __init__(self, table: pa.Table) -> None:
        names = table.column_names
        self._lists = cells_of(table, names.index(ODD)) if ODD in names else None
        self._rows = table.num_rows
        self._positions: set[int] = set()
        if self._lists is not None:
            pc = compute()
            self._cells = pc.list_flatten(self._lists)
            self._positions.update(pc.unique(self._cells.field("column")).to_pylist())

    def of(self, position: int) -> Cells | None:
        """Return, per row, the original text of an odd cell of the column, else null.

        None when the table has no odd cell in that column.
        """
        if position not in self._positions:
            return None
        pc = compute()
        mine = pc.equal(self._cells.field("column"), position)
        rows = pc.list_parent_indices(self._lists)
        return pc.scatter(
            self._cells.field("text").filter(mine), rows.filter(mine), max_index=self._rows - 1
        )
