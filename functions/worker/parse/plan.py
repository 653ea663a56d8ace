"""How a file will be read: found once, kept in the checkpoint, so that a resume reads the same."""

from __future__ import annotations

from itertools import takewhile

from pydantic import BaseModel

from functions.worker.parse.choose import choose_sheet
from functions.worker.parse.header import HEAD_ROWS, Header, find_header, given_header
from functions.worker.parse.workbook import SheetInfo, Workbook
from shared.clean.options import NO_OPTIONS, ParseOptions
from shared.clean.source import Format, SheetFound, Source


class Plan(BaseModel):
    """The sheet, its header, and where its data begin."""

    source: Source
    labels: dict[int, str]
    """By the column's position in the sheet, from 0."""
    data_start: int
    """Position of the first row below the header, from 0."""
    expected_rows: int
    """Rows of data as far as a scan could tell; the total for progress."""


def make_plan(workbook: Workbook, kind: Format, options: ParseOptions = NO_OPTIONS) -> Plan:
    """Look at the sheets and at the head of the chosen one; raises Unrecoverable."""
    sheets = workbook.sheets()
    chosen = choose_sheet(sheets, options.sheet)
    header = _header(workbook, chosen, options)
    source = Source(
        format=kind,
        sheets=[sheet.name for sheet in sheets],
        sheet=chosen.name,
        header_rows=[position + 1 for position in header.rows],
        first_data_row=header.data_start + 1,
        encoding=workbook.encoding,
        delimiter=workbook.delimiter,
        quote=workbook.quote,
        found=tuple(_found(sheet) for sheet in sheets),
        given=tuple(options.given),
    )
    return Plan(
        source=source,
        labels=header.labels,
        data_start=header.data_start,
        expected_rows=max(chosen.rows - header.data_start, 0),
    )


def _header(workbook: Workbook, sheet: SheetInfo, options: ParseOptions) -> Header:
    given = options.header_rows
    last = max(HEAD_ROWS, *(given or (0,)))
    head = list(takewhile(lambda row: row[0] < last, workbook.rows(sheet.name)))
    if given is None:
        return find_header(head, sheet.merges)
    return given_header(head, [row - 1 for row in given], sheet.merges)


def _found(sheet: SheetInfo) -> SheetFound:
    return SheetFound(
        name=sheet.name, visible=sheet.visible, rows=sheet.rows, cells=sheet.cells or None
    )
