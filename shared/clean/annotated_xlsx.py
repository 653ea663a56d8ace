"""A workbook of clean data with its findings: doubtful cells coloured, with a note; and a list."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, Final

from shared.clean.column import ColumnType
from shared.clean.excel import cut
from shared.clean.findings import Findings
from shared.clean.manifest import Manifest
from shared.clean.read import tables
from shared.clean.xlsx_cells import xlsx_columns
from shared.errors import Unprocessable
from shared.storage import Store

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_CELLS = 500_000
"""More would keep the caller waiting for too long."""

_PIECE = 1 << 20
_FORMATS: Final[dict[ColumnType, str]] = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm:ss",
    "time": "hh:mm:ss",
    "duration": "[h]:mm:ss",
}
_DOUBTFUL = "#FFE699"
_HEADINGS = ("rule", "column", "cells", "finding", "说明", "what to do", "建议", "first cells")
_WIDTHS = (18, 24, 8, 60, 50, 44, 40, 40)
_SHOWN = 10
"""Cells of a finding in the list."""

Notes = Mapping[tuple[int, int], str]
"""By row of the clean data and column, both from 0."""


def annotated_xlsx(store: Store, manifest: Manifest, findings: Findings) -> Iterator[bytes]:
    """Write the workbook to a temporary file and yield that; raises Unprocessable if too large."""
    if manifest.total_rows * len(manifest.columns) > MOST_CELLS:
        raise Unprocessable(
            f"A workbook with notes holds up to {MOST_CELLS:,} cells and this data has more. "
            "Read the findings as JSON, and export the data on their own."
        )
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - _pieces closes it
    try:
        _write(store, manifest, findings, file.name)
    except BaseException:
        file.close()
        raise
    return _pieces(file)


def _write(store: Store, manifest: Manifest, findings: Findings, path: str) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with Workbook(path, plain) as book:
        _write_findings(book, findings)
        _write_data(book, store, manifest, _notes(findings))


def _notes(findings: Findings) -> Notes:
    notes: dict[tuple[int, int], str] = {}
    for finding in findings.findings:
        for cell in finding.cells:
            place = (cell.index, finding.position)
            text = finding.rule.replace("_", " ")
            if cell.suggestion is not None:
                text += f": {cell.suggestion}"
            notes[place] = f"{notes[place]}\n{text}" if place in notes else text
    return notes


def _write_data(book: Workbook, store: Store, manifest: Manifest, notes: Notes) -> None:
    sheet = book.add_worksheet("Data")
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for position, column in enumerate(manifest.columns):
        sheet.write_string(0, position, cut(column.name), bold)
    styles = [_styles(book, column.type) for column in manifest.columns]
    positions = range(len(manifest.columns))
    index = 0
    for table in tables(store, manifest, positions):
        columns = xlsx_columns(table, positions, neutralise=False)
        for row in zip(*columns, strict=True):
            for position, value in enumerate(row):
                note, (sound, doubtful) = notes.get((index, position)), styles[position]
                at = (index + 1, position)
                _write_cell(sheet, at, value, sound if note is None else doubtful)
                if note is not None:
                    sheet.write_comment(*at, cut(note))
            index += 1


def _styles(book: Workbook, kind: ColumnType) -> tuple[Any, Any]:
    """Return the format of a sound cell and that of a doubtful one."""
    number = {"num_format": _FORMATS[kind]} if kind in _FORMATS else {}
    sound = book.add_format(number) if number else None
    return sound, book.add_format({**number, "bg_color": _DOUBTFUL})


def _write_cell(sheet: Worksheet, at: tuple[int, int], value: object, style: Any) -> None:  # noqa: ANN401
    if value is None:
        sheet.write_blank(*at, None, style)
    else:
        sheet.write(*at, value, style)


def _write_findings(book: Workbook, findings: Findings) -> None:
    sheet = book.add_worksheet("Findings")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for place, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, bold)
    for row, finding in enumerate(findings.findings, 1):
        sheet.write_string(row, 0, finding.rule)
        sheet.write_string(row, 1, cut(finding.column))
        sheet.write_number(row, 2, finding.count)
        said = (finding.message, finding.suggestion)
        texts = [text for each in said for text in (each.en, each.zh)]
        texts.append(
            ", ".join(cell.cell or f"#{cell.index + 1}" for cell in finding.cells[:_SHOWN])
        )
        for place, text in enumerate(texts, 3):
            sheet.write_string(row, place, cut(text), wrapped)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
