"""What the first rows of a sheet look like: titles, labels or data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from functions.worker.parse.cells import Cell
from functions.worker.parse.kinds import Kind, kind_of

_SEARCHED = 30
"""A header is looked for in so many filled rows."""
_BELOW = 25
"""So many rows tell what the data of a column looks like."""
_TEXTS = frozenset((Kind.TEXT, Kind.ERROR))
_YEARS = range(1900, 2101)


class Looks:
    """Judges rows by how full they are and by how they differ from the rows below."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows = rows
        self._classes = [[_class_of(cell) for cell in cells] for cells in rows]
        counts = sorted(self.filled(index) for index in range(len(rows)))
        full = [count for count in counts if count > 1]
        self._typical = full[len(full) // 2] if full else 1
        self.width = max((len(cells) for cells in rows), default=0)

    def filled(self, index: int) -> int:
        """Return how many cells of the row have a value."""
        return sum(cell is not None for cell in self._rows[index])

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
        """Return the most header-like row, None when the table seems to begin without one."""
        wide = [i for i in range(min(len(self._rows), _SEARCHED)) if self._is_wide(i)]
        best = max(wide, key=lambda index: (self._score(index), -index))
        return None if self._is_data(best) else best

    def goes_on(self, index: int) -> bool:
        """Tell whether the row below a header row is header, too: labels above other data.

        Where the header row is complete, two columns must say so: one odd cell at the top of a
        column of numbers is no label.
        """
        below = index + 1
        if below + 1 >= len(self._rows) or not self.all_text(below):
            return False
        here, labels = self._rows[index], self._rows[below]
        differing, telling = self._contrast(below)
        return differing == telling and differing >= (1 if _fills(labels, here) else 2)

    def _is_wide(self, index: int) -> bool:
        return 2 * self.filled(index) > self._typical

    def _score(self, index: int) -> float:
        kinds = [kind for kind in self._classes[index] if kind]
        texts = sum(kind == "text" for kind in kinds) / len(kinds)
        differing, telling = self._contrast(index)
        contrast = differing / telling if telling else 0.0
        note = 1.0 if self.is_note(index) else 0.0
        return round(texts + contrast - note - 0.02 * index, 6)

    def _is_data(self, index: int) -> bool:
        """Tell whether a row is like those below: numbers above numbers, and nothing unlike."""
        others = [kind for kind in self._classes[index] if kind not in (None, "text")]
        below = len(self._rows) > index + 1
        return bool(others) and below and not self._contrast(index)[0] and not self._years(index)

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
        """Return how many of the row's texts stand above other data, and how many cells do."""
        differing = telling = 0
        for column, kind in enumerate(self._classes[index]):
            usual = self._usual_below(index, column)
            if kind is None or usual in (None, "text"):
                continue
            telling += 1
            differing += kind != usual
        return differing, telling

    def _usual_below(self, index: int, column: int) -> str | None:
        below = self._classes[index + 1 : index + 1 + _BELOW]
        kinds = Counter(row[column] for row in below if column < len(row) and row[column])
        return kinds.most_common(1)[0][0] if kinds else None


def _fills(row: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Tell whether a row has a value where the other one is blank."""
    return any(
        cell is not None and (column >= len(other) or other[column] is None)
        for column, cell in enumerate(row)
    )


def _class_of(cell: Cell) -> str | None:
    kind = kind_of(cell)
    if kind is None:
        return None
    if kind in _TEXTS:
        return "text"
    if isinstance(cell, datetime) or kind in (Kind.TYPED_DATE, Kind.TYPED_DATETIME):
        return "date"
    return "boolean" if kind in (Kind.BOOLEAN, Kind.TYPED_BOOLEAN) else "number"
