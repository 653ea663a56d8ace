"""Excel's .xlsx and .xlsm: openpyxl reads styles and strings, the rows are streamed."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812

import openpyxl
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from functions.worker.parse.cells import Cell, Row, tidy
from functions.worker.parse.sheet_scan import scan_sheet
from functions.worker.parse.sheet_xml import ToCell, read_rows
from functions.worker.parse.workbook import SheetInfo
from shared.errors import Unrecoverable

_CHUNK = 1 << 18
_DAMAGE = (
    *(BadZipFile, ZlibError, ExpatError, ParseError, InvalidFileException, EOFError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError),
)
"""What openpyxl and the standard library raise on a workbook that breaks its own format."""


class OpenpyxlWorkbook:
    """An open .xlsx; the sheet's own `dimension` is never looked at."""

    encoding: str | None = None
    delimiter: str | None = None

    def __init__(self, path: Path) -> None:
        # openpyxl judges a path by its suffix; an open file it judges by content.
        self._file = path.open("rb")
        try:
            self._book = _load(self._file)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()
        self._file.close()

    def sheets(self) -> list[SheetInfo]:
        """Count each worksheet's rows and cells; chart sheets have none and are left out."""
        with _damage_explained():
            return [self._look_at(sheet) for sheet in self._book.worksheets]

    def rows(self, sheet: str, *, start: int = 0) -> Iterator[Row]:
        """Stream the sheet; a formula is its cached value."""
        with _damage_explained():
            yield from read_rows(self._chunks(self._book[sheet]), self._to_cell(), start=start)

    def _look_at(self, sheet: Any) -> SheetInfo:  # noqa: ANN401 - openpyxl's class is private
        found = scan_sheet(self._chunks(sheet))
        return SheetInfo(sheet.title, sheet.sheet_state == "visible", *found)

    def _chunks(self, sheet: Any) -> Iterator[bytes]:  # noqa: ANN401
        with sheet._get_source() as source:  # noqa: SLF001 - no public way to the sheet's XML
            while chunk := source.read(_CHUNK):
                yield chunk

    def _to_cell(self) -> ToCell:
        book = self._book
        strings: list[str] = next((s._shared_strings for s in book.worksheets), [])  # noqa: SLF001
        dates, durations = book._date_formats, book._timedelta_formats  # noqa: SLF001
        moment = _moment_in(book.epoch)

        def to_cell(kind: str, text: str, style: int) -> Cell:
            if kind == "n":
                number = _number(text)
                if style in dates and not isinstance(number, str):
                    return moment(number, style in durations)
                return number
            if kind == "s":
                return _text(strings[int(text)])
            return _other(kind, text)

        return to_cell


def _load(file: IO[bytes]) -> Any:  # noqa: ANN401
    with _damage_explained(OSError), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(file, read_only=True, data_only=True)


def _number(text: str) -> int | float | str:
    """Return the number, or the text itself when it is none (NaN) or beyond a float."""
    if text.isdecimal() and text.isascii():
        return int(text)
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(text) if text[0] == "-" and text[1:].isdecimal() else value


def _text(text: str) -> str | None:
    if "_x" in text:
        units = unescape(text).encode("utf-16-le", "surrogatepass")
        text = units.decode("utf-16-le", "replace")
    return text if text and not text.isspace() else None


def _other(kind: str, text: str) -> Cell:
    if kind == "b":
        return text not in ("0", "false")
    if kind == "d":
        return tidy(from_ISO8601(text))  # type: ignore[no-untyped-call]
    return _text(text)


def _moment_in(epoch: datetime) -> Callable[[float, bool], Cell]:
    @lru_cache(maxsize=16_384)
    def moment(number: float, is_duration: bool) -> Cell:
        try:
            value: Cell = from_excel(number, epoch, timedelta=is_duration)
        except (OverflowError, ValueError):
            return number  # outside Excel's calendar: Excel shows ####, the number is what is there
        return value

    return moment


@contextmanager
def _damage_explained(*more: type[Exception]) -> Iterator[None]:
    damage: tuple[type[Exception], ...] = (*_DAMAGE, *more)
    try:
        yield
    except damage as error:
        raise Unrecoverable(
            "The workbook is damaged and cannot be read. Open it in Excel, save it again as .xlsx "
            "and upload that file."
        ) from error
