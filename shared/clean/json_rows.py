"""Rows of clean data as JSON: the same values as `json_value` gives, for whole columns at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.clean.compute import Cells, cells_of, compute
from shared.clean.odd import OddTexts
from shared.clean.row_text import joined, plain
from shared.clean.values import EXACT_IN_JSON

if TYPE_CHECKING:
    import pyarrow as pa

_TO_ESCAPE = r'["\\\x00-\x1f]'
_SPECIAL = bytes([*range(32), *b'"\\'])


def json_objects(
    table: pa.Table, positions: Sequence[int], names: Sequence[str], *, separator: str
) -> bytes:
    """Return `{"name": value, …}` per row; `table` has the columns at `positions`, then ODD."""
    keys = [f"{json.dumps(name, ensure_ascii=False)}: " for name in names]
    parts: list[Any] = []
    for number, (key, cells) in enumerate(zip(keys, _cells(table, positions), strict=True)):
        parts += [f"{', ' if number else '{'}{key}", cells]
    return joined([*parts, "}"], null="null", separator=separator) if parts else b""


def json_arrays(table: pa.Table, positions: Sequence[int], *, separator: str) -> bytes:
    """Return `[value, …]` per row."""
    parts: list[Any] = []
    for number, cells in enumerate(_cells(table, positions)):
        parts += ["," if number else "[", cells]
    return joined([*parts, "]"], null="null", separator=separator) if parts else b""


def _cells(table: pa.Table, positions: Sequence[int]) -> list[Cells]:
    odd = OddTexts(table)
    return [_column(cells_of(table, i), odd.of(position)) for i, position in enumerate(positions)]


def _column(values: Cells, odd: Cells | None) -> Cells:
    cells = _tokens(values)
    return cells if odd is None else compute().coalesce(cells, _quoted(_escaped(odd)))


def _tokens(values: Cells) -> Cells:
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    kind = values.type
    if pa.types.is_string(kind):
        return _quoted(_escaped(values))
    text: Any = plain(values)
    if pa.types.is_boolean(kind):
        return text
    if pa.types.is_integer(kind):
        too_large = pc.or_(pc.greater(values, EXACT_IN_JSON), pc.less(values, -EXACT_IN_JSON))
        return _quoted_where(too_large, text)
    if pa.types.is_floating(kind):
        return _quoted_where(pc.invert(pc.is_finite(values)), text)
    if pa.types.is_timestamp(kind):
        text = pc.replace_substring(text, " ", "T", max_replacements=1)
    return _quoted(text)


def _quoted_where(mask: Cells, text: Cells) -> Cells:
    pc = compute()

    return pc.if_else(mask, _quoted(text), text) if pc.any(mask).as_py() else text


def _quoted(text: Cells) -> Cells:
    pc = compute()

    return pc.binary_join_element_wise('"', text, '"', "")


def _escaped(texts: Cells) -> Cells:
    import pyarrow as pa  # noqa: PLC0415

    if not _has_special(texts):
        return texts
    pc = compute()
    special = pc.fill_null(pc.match_substring_regex(texts, _TO_ESCAPE), False)
    changed = [
        json.dumps(each, ensure_ascii=False)[1:-1] for each in texts.filter(special).to_pylist()
    ]
    return pc.replace_with_mask(texts, special, pa.array(changed, type=pa.string()))


def _has_special(texts: Cells) -> bool:
    """Look at all texts at once, as the one row of bytes that they are in memory."""
    _, offsets, data = texts.buffers()
    if data is None:
        return False
    ends = memoryview(offsets).cast("i")
    text = memoryview(data)[ends[texts.offset] : ends[texts.offset + len(texts)]].tobytes()
    return len(text.translate(None, _SPECIAL)) < len(text)
