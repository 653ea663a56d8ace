"""Keep the rows that something is true of."""

from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.expression import truths
from functions.worker.frames.frame import Cells, Frame, Values
from functions.worker.frames.texts import shown
from shared.actions.filter import Condition, Filter
from shared.clean.schema import arrow_type
from shared.edits.constants import constant

_ORDER: dict[str, Any] = {
    "=": pc.equal,
    "!=": pc.not_equal,
    "<": pc.less,
    "<=": pc.less_equal,
    ">": pc.greater,
    ">=": pc.greater_equal,
}
_ON_TEXTS: dict[str, Any] = {
    "contains": pc.match_substring,
    "starts with": pc.starts_with,
    "ends with": pc.ends_with,
}


def apply(action: Filter, frame: Frame) -> Frame:
    """Return the rows that are kept."""
    if action.where is not None:
        mask = truths(action.where, frame)
    else:
        masks = [_mask(frame.column(each.column), each) for each in action.conditions or ()]
        mask = reduce(pc.and_ if action.match == "all" else pc.or_, masks)
    return frame.where(mask if action.keep else pc.invert(mask))


def _mask(cells: Cells, condition: Condition) -> Values:
    """Return where it is true; a blank or odd cell is different from every value."""
    match condition.is_:
        case "is blank":
            return cells.blank
        case "is not blank":
            return pc.invert(cells.blank)
        case "is odd":
            none: Any = pc.and_(cells.blank, pc.invert(cells.blank))
            return none if cells.odd is None else cells.odd.is_valid()
        case "contains" | "starts with" | "ends with":
            texts = pa.chunked_array([pa.array(shown(cells), type=pa.string())])
            return _ON_TEXTS[condition.is_](texts, str(condition.value)).fill_null(False)
        case _:
            return _compared(cells, condition)


def _compared(cells: Cells, condition: Condition) -> Values:
    constants = [constant(value, cells.type) for value in condition.constants]
    kind = arrow_type(cells.type)
    if condition.is_ == "in":
        return pc.is_in(cells.values, value_set=pa.array(constants, type=kind))
    found: Values = _ORDER[condition.is_](cells.values, pa.scalar(constants[0], type=kind))
    return found.fill_null(condition.is_ == "!=")
