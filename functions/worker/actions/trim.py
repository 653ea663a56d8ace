"""Take blanks off texts."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.frame import Cells, Frame
from shared.actions.trim import Trim
from shared.edits.shape import TEXTS

_BLANKS = r"\s+|[\p{Z}\x{200B}\x{FEFF}]+"


def apply(action: Trim, frame: Frame) -> Frame:
    """Return the columns with their texts trimmed."""
    texts = [cells.name for cells in frame.columns if cells.type in TEXTS]
    return frame.with_each(action.columns or texts, lambda cells: _trimmed(action, cells))


def _trimmed(action: Trim, cells: Cells) -> Cells:
    values: Any = pc.utf8_trim(cells.values, "\u200b\ufeff\u3000\xa0 \t\r\n")
    values = pc.utf8_trim_whitespace(values)
    if action.inside:
        values = pc.replace_substring_regex(values, _BLANKS, " ")
    empty: Any = pc.equal(values, pa.scalar(""))
    values = pc.if_else(empty, pa.scalar(None, pa.string()), values)
    same: Any = pc.all(pc.equal(values, cells.values))
    if values.null_count == cells.values.null_count and same.as_py() is not False:
        return cells
    return cells.changed(values, cells.odd)
