"""What the first rows of a sheet look like: titles, labels or data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.kinds import Kind, kind_of

_SEARCHED = 30
"""A header is looked for in so many filled rows."""
_DATA_SHARE = 0.3
"""A column with so many numbers, dates or booleans in it is one of those, and not of text."""
_TEXTS = frozenset((Kind.TEXT, Kind.ERROR))
_YEARS = range(1900, 2101)
_MISSING = frozenset(
    (
        *("-", "--", "—", "/", "?", ".", "na", "n/a", "nan", "nd", "n.d.", "null", "none"),
        *("missing", "无", "缺失", "未测", "未查", "不详", "空"),
    )
)
"""What people write where a value is missing; no column is called so."""


class Looks:
    """Judges rows by how full they are and by how they differ from the rows below."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._positions = [position for position, _ in rows]
        self._rows = [cells for _, cells in rows]
        self._classes = [[_class_of(cell) for cell in cells] for cells in self._rows]
        self._filled = [sum(cell is not None for cell in cells) for cells in self._rows]
        counts = sorted(self._filled)
        full = [count for count in counts if count > 1]
        self._typical = full[len(full) // 2] if full else 1
        self.width = max((len(cells) for cells in self._rows), default=0)
        self._usual = [self._usual_class(column) for column in range(self.width)]

    def filled(self, index: int) -> int:
        """Return how many cells of the row have a value."""
        return self._filled[index]

    def all_text(self, index: int) -> bool:
        """Tell whether every value of the row is a text (not a number or date typed as one)."""
        return all(kind in (None, "text") for kind in self._classes[index])

    def is_note(self, index: int) -> bool:
        """Tell whether the row reads `Source: …  Date: …`."""
        texts = [cell for cell in self._rows[index] if isinstance(cell, str)]
        return any(text.rstrip().endswith((":", "：")) for text in texts)

    def is_above_labels(self, index: int) -> bool:
        """Tell whether the row names groups: the row below fills its blanks, and it reaches far.

        A title in two cells stays on the left.
        """
        here, below = self._rows[index], self._rows[index + 1]
        reach = max((c for c, cell in enumerate(here) if cell is not None), default=0)
        return 2 * (reach + 1) > len(below) and _fills(below, here)

    def is_distinct(self, index: int, columns: range) -> bool:
        """Tell whether the row has a value of its own in each of these columns."""
        cells = self._rows[index][columns.start : columns.stop]
        return len(cells) == len(columns) == len(set(cells)) and None not in cells

    def first_filled(self, index: int) -> int:
        """Return the first column with a value."""
        return next(c for c, cell in enumerate(self._rows[index]) if cell is not None)

    def first_wide(self) -> int:
        """Return the first row that is more than half as full as a typical one."""
        return next(i for i in range(len(self._rows)) if self._is_wide(i))

    def header_row(self) -> int | None:
        """Return the most header-like row, None when the table seems to begin without one.

        Rows above it are left out of the data, so the search ends at the first that may be data.
        """
        wide = [i for i in range(min(len(self._rows), _SEARCHED)) if self._is_wide(i)]
        last = next((n for n, i in enumerate(wide) if not self._is_mostly_text(i)), len(wide))
        best = max(wide[: last + 1], key=lambda index: (self._score(index), -index))
        return None if self._is_data(best) else best

    def goes_on(self, index: int) -> bool:
        """Tell whether the row below a header row is header, too: labels above other data.

        Where the header row is complete, two columns must say so: one odd cell at the top of a
        column of numbers is no label.
        """
        below = index + 1
        if below + 1 >= len(self._rows) or not self.all_text(below) or self._is_missing(below):
            return False
        here, labels = self._rows[index], self._rows[below]
        differing, telling = self._contrast(below)
        return differing == telling and differing >= (1 if _fills(labels, here) else 2)

    def _is_wide(self, index: int) -> bool:
        return 2 * self.filled(index) > self._typical and not self._is_in_title_block(index)

    def _is_in_title_block(self, index: int) -> bool:
        """Tell whether a blank row divides the row from the table: no row next to it is full."""
        block = [n for n in range(len(self._rows)) if self._gap(n) == self._gap(index)]
        return max(map(self.filled, block)) < self._typical

    def _gap(self, index: int) -> int:
        """Return how many blank rows there are above a row: the same within a block."""
        return self._positions[index] - index

    def _is_mostly_text(self, index: int) -> bool:
        kinds = [kind for kind in self._classes[index] if kind]
        return 2 * sum(kind == "text" for kind in kinds) >= len(kinds)

    def _score(self, index: int) -> float:
        kinds = [kind for kind in self._classes[index] if kind]
        texts = sum(kind == "text" for kind in kinds) / len(kinds)
        differing, telling = self._contrast(index)
        contrast = differing / telling if telling else 0.0
        note = 1.0 if self.is_note(index) else 0.0
        return round(texts + contrast - note - 0.02 * index, 6)

    def _is_data(self, index: int) -> bool:
        """Tell whether a row is like its columns: numbers above numbers, and nothing unlike."""
        kinds = self._classes[index]
        alone = len(self._rows) == index + 1
        if alone or self._years(index) or all(kind in (None, "text") for kind in kinds):
            return False
        return all(k in (None, usual) for k, usual in zip(kinds, self._usual, strict=False))

    def _is_missing(self, index: int) -> bool:
        """Tell whether all that the row has above numbers and dates means `missing`."""
        cells = zip(self._rows[index], self._usual, strict=False)
        above = [str(cell) for cell, usual in cells if cell is not None and usual != "text"]
        return bool(above) and all(text.strip().lower() in _MISSING for text in above)

    def _years(self, index: int) -> bool:
        """Tell whether the row's numbers are distinct years, as in a header of a wide table."""
        numbers = [
            int(cell)
            for cell in self._rows[index]
            if isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdecimal())
        ]
        distinct = len(set(numbers)) == len(numbers) > 1
        return distinct and all(number in _YEARS for number in numbers)

    def _contrast(self, index: int) -> tuple[int, int]:
        """Return how many of the row's cells are unlike their columns' numbers, and of how many."""
        told = [
            kind != usual
            for kind, usual in zip(self._classes[index], self._usual, strict=False)
            if kind is not None and usual not in (None, "text")
        ]
        return sum(told), len(told)

    def _usual_class(self, column: int) -> str | None:
        kinds = Counter(row[column] for row in self._classes if column < len(row) and row[column])
        texts = kinds.pop("text", 0)
        if not kinds:
            return "text" if texts else None
        usual, count = kinds.most_common(1)[0]
        return usual if count >= _DATA_SHARE * (texts + kinds.total()) else "text"


def _fills(row: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Tell whether a row has a value where the other one is blank."""
    return any(
        cell is not None and (column >= len(other) or other[column] is None)
        for column, cell in enumerate(row)
    )


def _class_of(cell: Cell) -> str | None:
    if cell is None:
        return None
    return _OF_TYPE.get(type(cell)) or _class_of_other(cell)


_OF_TYPE = {float: "number", datetime: "date", bool: "boolean"}


def _class_of_other(cell: Cell) -> str:
    kind = kind_of(cell)
    if kind in _TEXTS:
        return "text"
    if kind in (Kind.TYPED_DATE, Kind.TYPED_DATETIME):
        return "date"
    return "boolean" if kind in (Kind.BOOLEAN, Kind.TYPED_BOOLEAN) else "number"
