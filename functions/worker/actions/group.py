"""One row for many."""

import pyarrow as pa

from functions.worker.frames.figures import figure, rows_in
from functions.worker.frames.frame import Cells, Frame
from functions.worker.frames.groups import Places, first_rows, group_of_rows
from shared.actions.group import Aggregate, Group


def apply(action: Group, frame: Frame) -> Frame:
    """Return a row for each group."""
    groups = group_of_rows(frame.only(action.by), frame.rows)
    first = first_rows(groups)
    kept = Frame(tuple(frame.only(dict.fromkeys(action.by))), frame.rows).take(pa.array(first))
    return kept.plus(*(_aggregated(each, frame, groups) for each in action.aggregates))


def _aggregated(each: Aggregate, frame: Frame, groups: Places) -> Cells:
    if each.column is None:
        return Cells.of(each.name, "integer", rows_in(groups))
    return figure(frame.column(each.column), groups, each.figure, each.name)
