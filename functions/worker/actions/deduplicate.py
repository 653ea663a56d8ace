"""Leave out rows that are there more than once."""

import numpy as np
import pyarrow as pa

from functions.worker.frames.frame import Frame
from functions.worker.frames.groups import first_rows, group_of_rows
from shared.actions.deduplicate import Deduplicate


def apply(action: Deduplicate, frame: Frame) -> Frame:
    """Return one row of each kind, or those alone that are the only ones of theirs."""
    columns = frame.columns if action.columns is None else frame.only(action.columns)
    groups = group_of_rows(columns, frame.rows)
    match action.keep:
        case "first":
            kept = first_rows(groups)
        case "last":
            kept = frame.rows - 1 - first_rows(groups[::-1])
        case "none":
            kept = np.flatnonzero(np.bincount(groups)[groups] == 1)
    return frame.take(pa.array(np.sort(kept)))
