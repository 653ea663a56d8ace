"""What is doubtful in a table in memory, as it will stand in the workbook made of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from functions.worker.frames.frame import Cells, Frame
from functions.worker.frames.workbook import SHEET
from functions.worker.parse.findings.find import find_in_column
from functions.worker.parse.findings.odd import OddCells
from functions.worker.parse.findings.where import Where
from shared.clean.column import Column
from shared.clean.findings import Findings
from shared.clean.schema import arrow_type

_WHERE = Where(SHEET, [(0, 1)])
"""Below a header of one row, without gaps."""


def findings_of(frame: Frame, columns: Sequence[Column]) -> Findings:
    """Return what is doubtful; `columns` is what is known of the frame's columns."""
    if not frame.rows:
        return Findings(count=0, findings=[])
    found = [
        finding
        for place, (cells, column) in enumerate(zip(frame.columns, columns, strict=True))
        for finding in find_in_column(
            column, place, cells.values.cast(arrow_type(column.type)), _odd(cells), _WHERE
        )
    ]
    return Findings(count=sum(each.count for each in found), findings=found)


def _odd(cells: Cells) -> OddCells | None:
    if cells.odd is None:
        return None
    rows = np.flatnonzero(cells.odd.is_valid().to_numpy(zero_copy_only=False))
    return OddCells(rows, cells.odd.drop_null().combine_chunks())
