"""What all cells of a workbook have in common, and what a single cell means by it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.cells import Cell, tidy
from functions.worker.parse.xlsx.damage import Damaged
from functions.worker.parse.xlsx.formats import Shown
from functions.worker.parse.xlsx.serials import LONGEST_DURATION
from functions.worker.parse.xlsx.styles import Styles


@dataclass(frozen=True, slots=True)
class Book:
    """Shared texts, styles and calendar."""

    strings: Array
    lengths: Array
    """Bytes of each shared text."""
    styles: Styles
    from_1904: bool

    def cell(self, kind: str, text: str, style: int) -> Cell:
        """Return the cell with this type attribute, this text and this style number.

        Whole arrays say the same of most cells; this is asked for the rest.
        """
        if kind == "n":
            return self._number(text, style)
        if kind == "s":
            return self.shared(int(text))
        if kind == "b":
            return text not in ("0", "false")
        if kind == "d":
            return _iso(text)
        return text if text and not text.isspace() else None

    def _number(self, text: str, style: int) -> Cell:
        number = _number(text)
        return number if number is None or isinstance(number, str) else self.shown(number, style)

    def shown(self, number: float, style: int) -> Cell:
        """Return what a number stands for by its style: itself, or a moment, time or duration."""
        shown = self.styles.shown[style] if style < len(self.styles.shown) else Shown.NUMBER
        if shown is Shown.NUMBER or (shown is Shown.DURATION and abs(number) > LONGEST_DURATION):
            return number
        epoch = MAC_EPOCH if self.from_1904 else WINDOWS_EPOCH
        try:
            moment: Cell = from_excel(number, epoch, timedelta=shown is Shown.DURATION)
        except (OverflowError, ValueError):
            return number  # outside Excel's calendar: Excel shows ####, the number is what is there
        return moment

    def shared(self, index: int) -> str | None:
        """Return a shared text; raises Damaged when there is none with this number."""
        if not 0 <= index < len(self.strings):
            raise Damaged("A cell refers to a shared text that is not there.")
        found: str | None = self.strings[index].as_py()
        return found


def make_book(strings: Array, styles: Styles, *, from_1904: bool) -> Book:
    """Put together what has been read."""
    lengths = pc.fill_null(pc.binary_length(strings), 0).to_numpy(zero_copy_only=False)
    return Book(strings, lengths.astype(np.int64), styles, from_1904)


NO_STRINGS = pa.array([], pa.string())


def _number(text: str) -> int | float | str | None:
    """Return the number, or the text itself when it is none (NaN) or beyond a float."""
    text = text.strip()
    digits = text[1:] if text[:1] == "-" else text
    if digits.isdecimal() and digits.isascii():
        return int(text)
    try:
        value = float(text)
    except ValueError:
        return text or None
    return value if math.isfinite(value) else text


def _iso(text: str) -> Cell:
    try:
        return tidy(from_ISO8601(text))  # type: ignore[no-untyped-call]
    except ValueError:
        return tidy(text)
