"""Put other values in the place of some."""

from collections.abc import Mapping

import pyarrow as pa

from functions.worker.frames.frame import Cells, Frame, texts_or_null
from shared.actions.replace import Change, Replace
from shared.clean.column import ColumnType
from shared.clean.literal import Value
from shared.clean.schema import arrow_type
from shared.clean.values import Json
from shared.edits.constants import constant
from shared.errors import Unprocessable


def apply(action: Replace, frame: Frame) -> Frame:
    """Return the columns with the changed cells."""
    change = _in_parts if action.match == "part" else _whole_cells
    return frame.with_each(action.columns, lambda cells: change(cells, action.changes))


def _whole_cells(cells: Cells, changes: list[Change]) -> Cells:
    by_value, by_text = _tables(cells.type, changes)
    values, odd = cells.values.to_pylist(), _odd_of(cells)
    for row, (value, text) in enumerate(zip(values, odd, strict=True)):
        if text is not None and text in by_text:
            values[row], odd[row] = by_text[text], None
        elif text is None and value in by_value:
            values[row] = by_value[value]
    stored = pa.chunked_array([pa.array(values, type=arrow_type(cells.type))])
    return cells.changed(stored, texts_or_null(odd))


def _tables(
    kind: ColumnType, changes: list[Change]
) -> tuple[Mapping[Value | None, Value | None], Mapping[str, Value | None]]:
    """Return what values and what odd texts are replaced by; the first change of several counts."""
    by_value: dict[Value | None, Value | None] = {}
    by_text: dict[str, Value | None] = {}
    for each in changes:
        to = None if each.to is None else constant(each.to, kind)
        if isinstance(each.from_, str):
            by_text.setdefault(each.from_, to)
        try:
            by_value.setdefault(None if each.from_ is None else constant(each.from_, kind), to)
        except Unprocessable:
            if not isinstance(each.from_, str):
                raise
    return by_value, by_text


def _in_parts(cells: Cells, changes: list[Change]) -> Cells:
    pairs: list[tuple[Json, str]] = [(each.from_, str(each.to or "")) for each in changes]
    texts = [None if text is None else _replaced(text, pairs) for text in cells.values.to_pylist()]
    return cells.changed(pa.chunked_array([pa.array(texts, type=pa.string())]), cells.odd)


def _replaced(text: str, pairs: list[tuple[Json, str]]) -> str | None:
    for part, other in pairs:
        if isinstance(part, str) and part:
            text = text.replace(part, other)
    return text or None


def _odd_of(cells: Cells) -> list[str | None]:
    return [None] * len(cells.values) if cells.odd is None else cells.odd.to_pylist()
