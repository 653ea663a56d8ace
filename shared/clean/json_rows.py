"""Rows of clean data as JSON: the same values as `json_value` gives, for whole columns at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.clean.compute import Cells, cells_of, compute
from shared.clean.odd import odd_texts
from shared.clean.row_text import joined, plain
from shared.clean.values import EXACT_IN_JSON

if TYPE_CHECKING:
    import pyarrow as pa

_TO_ESCAPE = r'["\\\x00-\x1f]'


def json_objects(
    table: pa.Table, positions: Sequence[int], names: Sequence[str], *, separator: str
) -> bytes:
    """Return `{"name": value, …}` per row; `table` has the columns at `positions`, then ODD."""
    keys = [f"{json.dumps(name, ensure_ascii=False)}: " for name in names]
    parts: list[Any] = []
    for number, (key, cells) in enumerate(zip(keys, _cells(table, positions), strict=True)):
        parts += [f"{', ' if number else '{'}{key}", cells]
    return joined([*parts, "}"], separator=separator) if parts else b""


def json_arrays(table: pa.Table, positions: Sequence[int], *, separator: str) -> bytes:
    """Return `[value, …]` per row."""
    parts: list[Any] = []
    for number, cells in enumerate(_cells(table, positions)):
        parts += ["," if number else "[", cells]
    return joined([*parts, "]"], separator=separator) if parts else b""


def _cells(table: pa.Table, positions: Sequence[int]) -> list[Cells]:

    pc = compute()

    found = []
    for index, position in enumerate(positions):
        cells = _tokens(cells_of(table, index))
        odd = odd_texts(table, position)
        if odd is not None:
            cells = pc.coalesce(cells, _quoted(_escaped(odd)))
        found.append(pc.fill_null(cells, "null"))
    return found


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


def _escaped(text: Cells) -> Cells:
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    special = pc.fill_null(pc.match_substring_regex(text, _TO_ESCAPE), False)
    if not pc.any(special).as_py():
        return text
    changed = [
        json.dumps(each, ensure_ascii=False)[1:-1] for each in text.filter(special).to_pylist()
    ]
    return pc.replace_with_mask(text, special, pa.array(changed, type=pa.string()))
