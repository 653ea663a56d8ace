"""The cells of a column as a workbook's XML has them, a whole column at once."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.frame import Cells, Values
from shared.clean.column import ColumnType
from shared.clean.excel import CALENDAR_START, DAY_0, ERRORS, MAX_TEXT, UNIX_EPOCH_DAY, cut
from shared.clean.values import EXACT_IN_JSON

GENERAL, BOLD = 0, "1"
_STYLES: Final[dict[ColumnType, int]] = {"date": 2, "datetime": 3, "time": 4, "duration": 5}

_LARGE = pa.large_string()
_NOTHING = pa.scalar("", _LARGE)
_BLANK = pa.scalar("<c/>", _LARGE)
_FIRST_DAY = (CALENDAR_START - DAY_0).days
"""What comes before is written as text."""
_LEAST, _MOST = pa.scalar(-EXACT_IN_JSON), pa.scalar(EXACT_IN_JSON)
_DAY = 86_400_000_000
_ESCAPES: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_HEX = r"_(x[0-9A-Fa-f]{4}_)"
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_TEXT = '<c{style} t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"


def cells_of(cells: Cells) -> Values:
    """Return each cell's XML; a blank has a cell as well, so that none needs an address."""
    found: Values = pc.fill_null(_typed(cells), _BLANK)
    if cells.odd is None:
        return found
    return pc.if_else(cells.odd.is_valid(), _odd(cells.odd), found)


def header_cell(escaped: str) -> str:
    """Return the XML of a column's name, in bold."""
    before, after = _TEXT
    return f"{before.format(style=f' s={BOLD!r}')}{escaped[:MAX_TEXT]}{after}"


def _typed(cells: Cells) -> Values:
    values, style = cells.values, _STYLES.get(cells.type, GENERAL)
    match cells.type:
        case "text" | "category":
            return _texts(values)
        case "boolean":
            return _wrapped('<c t="b"><v>', pc.cast(values, pa.int8()))
        case "integer":
            exact: Values = pc.and_(pc.greater_equal(values, _LEAST), pc.less_equal(values, _MOST))
            return _either(exact, _wrapped("<c><v>", values), values)
        case "decimal":
            return _wrapped("<c><v>", values)
        case "date" | "datetime":
            days = _days(cells)
            known: Values = pc.greater_equal(days, pa.scalar(_FIRST_DAY, days.type))
            return _either(known, _wrapped(f'<c s="{style}"><v>', days), values)
        case "time" | "duration":
            return _wrapped(f'<c s="{style}"><v>', _days(cells))


def _days(cells: Cells) -> Values:
    """Return Excel's number for dates, times and lengths of time."""
    if cells.type == "date":
        return pc.add(pc.cast(cells.values, pa.int32()), pa.scalar(UNIX_EPOCH_DAY, pa.int32()))
    micros = pc.cast(pc.cast(cells.values, pa.int64()), pa.float64(), safe=False)
    days: Values = pc.divide(micros, pa.scalar(float(_DAY)))
    return pc.add(days, pa.scalar(float(UNIX_EPOCH_DAY))) if cells.type == "datetime" else days


def _either(mask: Values, numbers: Values, values: Values) -> Values:
    """Return numbers where Excel can hold them, and the values' texts elsewhere."""
    if pc.all(mask).as_py() is not False:
        return numbers
    return pc.if_else(mask, numbers, _texts(pc.cast(values, pa.string())))


def _odd(texts: Values) -> Values:
    error: Values = pc.is_in(texts, value_set=pa.array(ERRORS))
    return pc.if_else(error, _wrapped('<c t="e"><v>', texts), _texts(texts))


def _texts(texts: Values) -> Values:
    texts = _cut(pc.cast(texts, _LARGE))
    if _any(pc.match_substring_regex(texts, _HEX)):
        texts = pc.replace_substring_regex(texts, _HEX, r"_x005F_\1")
    for part, other in _ESCAPES:
        if _any(pc.match_substring(texts, part)):
            texts = pc.replace_substring(texts, part, other)
    if _any(pc.match_substring_regex(texts, _CONTROLS)):
        for code in {*range(0x20), 0xFFFE, 0xFFFF} - {0x09, 0x0A, 0x0D}:
            texts = pc.replace_substring(texts, chr(code), f"_x{code:04X}_")
    before, after = _TEXT
    return _wrapped(before.format(style=""), texts, after)


def _cut(texts: Values) -> Values:
    """Shorten what is too long for a cell, so that it ends in an ellipsis."""
    lengths: Values = pc.binary_length(texts)
    if not _any(pc.greater(lengths, pa.scalar(MAX_TEXT))):
        return texts
    found = [None if text is None else cut(text) for text in texts.to_pylist()]
    return pa.chunked_array([pa.array(found, type=_LARGE)])


def _wrapped(before: str, values: Values, after: str = "</v></c>") -> Values:
    return pc.binary_join_element_wise(
        pa.scalar(before, _LARGE), pc.cast(values, _LARGE), pa.scalar(after, _LARGE), _NOTHING
    )


def _any(mask: Values) -> bool:
    return bool(pc.any(mask).as_py())
