"""CSV that Excel opens well: UTF-8 with a byte order mark, and no text that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from shared.clean.compute import Cells, cells_of, compute
from shared.clean.formula import harmless, harmless_texts
from shared.clean.manifest import Manifest
from shared.clean.odd import OddTexts
from shared.clean.read import selected
from shared.clean.row_text import joined, pieces, plain
from shared.clean.selection import Selection
from shared.storage import Store

if TYPE_CHECKING:
    import pyarrow as pa

_BYTE_ORDER_MARK: Final = "\ufeff"
_LINE_END: Final = "\r\n"
_TO_QUOTE: Final = r'[",\r\n]'


def export_csv(
    store: Store, manifest: Manifest, selection: Selection | None = None, *, neutralise: bool = True
) -> Iterator[bytes]:
    """Yield the file, some rows at a time.

    `neutralise` puts an apostrophe before a text that a spreadsheet would take for a formula.
    """
    selection = selection or Selection.of(manifest)
    yield _header(selection, manifest, neutralise=neutralise)
    for table in selected(store, manifest, selection):
        for piece in pieces(table, row_overhead=len(selection.positions)):
            yield _lines(piece, selection, neutralise=neutralise)


def _header(selection: Selection, manifest: Manifest, *, neutralise: bool) -> bytes:
    names = [column.name for column in selection.columns(manifest)]
    out = io.StringIO()
    csv.writer(out, lineterminator=_LINE_END).writerow(
        [harmless(name) if neutralise else name for name in names]
    )
    return (_BYTE_ORDER_MARK + out.getvalue()).encode()


def _lines(table: pa.Table, selection: Selection, *, neutralise: bool) -> bytes:
    pc = compute()

    # A blank cell that is alone in its line is quoted, or the line would not count as a row.
    alone = len(selection.positions) == 1
    parts: list[Any] = []
    odd = OddTexts(table)
    for index, position in enumerate(selection.positions):
        cells = _fields(cells_of(table, index), odd.of(position), neutralise=neutralise)
        if alone:
            cells = pc.if_else(pc.equal(pc.fill_null(cells, ""), ""), '""', cells)
        parts += ["," if index else "", cells]
    return joined([*parts, _LINE_END], null="", separator="")


def _fields(values: Cells, odd: Cells | None, *, neutralise: bool) -> Cells:
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    texts: Any = None
    if pa.types.is_string(values.type):
        texts = values
    if odd is not None:
        texts = odd if texts is None else pc.coalesce(texts, odd)
    if texts is not None:
        texts = _quoted(harmless_texts(texts) if neutralise else texts)
    if pa.types.is_string(values.type):
        return texts
    shown: Any = plain(values)
    if pa.types.is_boolean(values.type):
        shown = pc.utf8_upper(shown)
    return shown if texts is None else pc.coalesce(shown, texts)


def _quoted(texts: Cells) -> Cells:
    pc = compute()

    special = pc.fill_null(pc.match_substring_regex(texts, _TO_QUOTE), False)
    if not pc.any(special).as_py():
        return texts
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', doubled, '"', ""), texts)
