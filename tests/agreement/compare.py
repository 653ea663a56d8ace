"""Cell by cell: what Sluice reads of a workbook, and what a reference reader does."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import xlrd
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from functions.worker.parse.cells import Cell
from functions.worker.parse.detect import detect
from functions.worker.parse.workbook import open_workbook

Cells = dict[tuple[int, int], Cell]
_MILLISECOND = timedelta(milliseconds=1)
_MIDNIGHT = datetime(1, 1, 1)  # noqa: DTZ001 - sheets have no zone
_MOST_TOLD = 20
_LONGEST_DAYS = 1e7
_FIRST_DAY = datetime(1899, 12, 31)  # noqa: DTZ001


@dataclass
class Agreement:
    """How a file's cells compare."""

    cells: int = 0
    explained: Counter[str] = field(default_factory=Counter)
    """Disagreements in which the reference is known to be wrong, by the reason."""
    differing: list[tuple[str, str]] = field(default_factory=list)
    """All others: place and reason; the first few of them in words, the rest counted."""
    more: int = 0

    def tell(self, place: str, reason: str) -> None:
        """Keep a disagreement."""
        if len(self.differing) < _MOST_TOLD:
            self.differing.append((place, reason))
        else:
            self.more += 1


def compare(path: Path) -> Agreement:
    """Compare all worksheets of an .xlsx with openpyxl, of an .xls with xlrd.

    Raises Unrecoverable when Sluice does not read it, whatever the reference raises when that one
    does not.
    """
    kind = detect(path)
    found = Agreement()
    with open_workbook(path, kind) as book:
        reference = _by_xlrd(path) if kind == "xls" else _by_openpyxl(path)
        names = [sheet.name for sheet in book.sheets()]
        for name, theirs in reference:
            if name not in names:
                found.tell(name, "Sluice has no such sheet")
                continue
            ours = {
                (row, column): cell
                for row, cells in book.rows(name)
                for column, cell in enumerate(cells)
                if cell is not None
            }
            _compare_sheet(found, name, ours, theirs)
    return found


def _compare_sheet(found: Agreement, name: str, ours: Cells, theirs: Cells) -> None:
    places = sorted({*ours, *theirs})
    found.cells += len(places)
    for place in places:
        mine, other = ours.get(place), theirs.get(place)
        if same(mine, other):
            continue
        if (known := explanation(mine, other)) is not None:
            found.explained[known] += 1
        else:
            row, column = place
            cell = f"{name}!{get_column_letter(column + 1)}{row + 1}"
            found.tell(cell, reason(mine, other))


def same(ours: Cell, theirs: Cell) -> bool:
    """Tell whether two cells mean the same; moments count to the millisecond."""
    match ours, theirs:
        case (bool(), _) | (_, bool()):
            return ours is theirs
        case (int() | float(), int() | float()):
            return ours == theirs or math.isclose(ours, theirs, rel_tol=1e-15)
        case (datetime(), datetime()) | (timedelta(), timedelta()):
            return abs(ours - theirs) < _MILLISECOND
        case (time(), time()):
            return abs(_since_midnight(ours) - _since_midnight(theirs)) < _MILLISECOND
    return type(ours) is type(theirs) and ours == theirs


def explanation(ours: Cell, theirs: Cell) -> str | None:
    """Say why the reference is wrong, if that is known."""
    number = isinstance(ours, int | float) and not isinstance(ours, bool)
    if number and theirs == "#VALUE!":
        return "a day outside Excel's calendar: openpyxl makes it an error, the number is kept"
    if number and isinstance(theirs, timedelta) and abs(ours) > _LONGEST_DAYS:
        return "a duration of over 27,000 years: kept as the number that it is"
    if isinstance(theirs, str) and "_x" in theirs and unescape(theirs).strip() == (ours or ""):
        return "a character that Excel writes as _xHHHH_: openpyxl does not resolve it"
    if isinstance(ours, datetime) and isinstance(theirs, datetime) and ours < _FIRST_DAY:
        return "a day before 1900, which Excel does not have: xlrd counts otherwise"
    return None


def reason(ours: Cell, theirs: Cell) -> str:
    """Say in words how two cells differ."""
    if theirs is None:
        return f"only Sluice has it: {ours!r}"
    if ours is None:
        return f"Sluice has lost it: {theirs!r}"
    if isinstance(ours, datetime | time | timedelta) and isinstance(theirs, int | float):
        return f"a number to the reference, by its format a {type(ours).__name__}: {ours!r}"
    return f"{ours!r}, the reference {theirs!r}"


def _by_openpyxl(path: Path) -> Iterator[tuple[str, Cells]]:
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, data_only=True)
        for sheet in book.worksheets:
            yield (
                sheet.title,
                {
                    (cell.row - 1, cell.column - 1): value
                    for row in sheet.iter_rows()
                    for cell in row
                    if (value := _plain(cell.value)) is not None
                },
            )


def _by_xlrd(path: Path) -> Iterator[tuple[str, Cells]]:
    book = xlrd.open_workbook(str(path), formatting_info=True, logfile=_Nowhere())
    for sheet in book.sheets():
        yield (
            sheet.name,
            {
                (row, column): value
                for row in range(sheet.nrows)
                for column in range(sheet.row_len(row))
                if (value := _xlrd_value(book, sheet, row, column)) is not None
            },
        )


def _xlrd_value(book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#VALUE!")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype in (xlrd.XL_CELL_DATE, xlrd.XL_CELL_NUMBER):
        return _xlrd_number(book, cell)
    return _plain(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else None


def _xlrd_number(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Cell:
    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str.lower()
    if abs(cell.value) > _LONGEST_DAYS:
        return cell.value
    if any(part in code for part in ("[h", "[mm", "[s")):  # xlrd takes some for numbers
        return timedelta(milliseconds=round(cell.value * 86_400_000))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return cell.value
    if 0 <= cell.value < 1:
        return (_MIDNIGHT + timedelta(milliseconds=round(cell.value * 86_400_000))).time()
    try:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    except (ValueError, OverflowError):
        return cell.value


def _plain(value: object) -> Cell:
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return value  # type: ignore[return-value]


def _since_midnight(value: time) -> timedelta:
    return datetime.combine(_MIDNIGHT.date(), value) - _MIDNIGHT


class _Nowhere:
    def write(self, text: str) -> None:
        """xlrd tells of oddities in old files; nobody asks."""
