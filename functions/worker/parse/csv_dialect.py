"""The delimiter and the quotation mark of a text file, by its first lines."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from functions.worker.parse.cells import Cell
from shared.clean.options import ParseOptions, Quote
from shared.errors import Unrecoverable

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = ";,\t|"
NONE = ""
MAX_FIELD = 10_000_000
"""Characters; a longer field is a quotation mark that is never closed."""
_APOSTROPHE: Final = "'"


class Dialect(NamedTuple):
    """How a line is cut into cells; an empty mark means that there is none."""

    delimiter: str
    quote: Quote

    def reader(self, lines: Iterable[str]) -> Reader:
        """Return what yields the records."""
        csv.field_size_limit(MAX_FIELD)
        return csv.reader(
            lines,
            delimiter=self.delimiter or "\x1f",
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
        )


def rows_in(reader: Reader) -> Iterator[list[Cell]]:
    """Yield records as cells, blank ones None; raises Unrecoverable."""
    try:
        for fields in reader:
            yield [field if field and not field.isspace() else None for field in fields]
    except csv.Error as error:
        raise Unrecoverable(
            f"The text file cannot be split into rows near line {reader.line_num}: a quotation "
            "mark is never closed. Correct it, or save the file as .xlsx."
        ) from error


def find_dialect(sample: str, options: ParseOptions) -> Dialect:
    """Return what the options say and, where they do not, what the sample looks like."""
    delimiter = _delimiter(sample) if options.delimiter is None else options.delimiter
    quote = _quote(sample, delimiter) if options.quote is None else options.quote
    return Dialect(delimiter, quote)


def _delimiter(sample: str) -> str:
    try:
        return csv.Sniffer().sniff(sample, delimiters=DELIMITERS).delimiter
    except csv.Error:
        return _usual_delimiter(sample)


def _usual_delimiter(sample: str) -> str:
    """Return the delimiter that at least half of the lines have equally often, if there is one."""
    lines = [line for line in sample.splitlines() if line.strip()]
    usual = {mark: _usual_count([line.count(mark) for line in lines]) for mark in DELIMITERS}
    best = max(usual, key=lambda mark: usual[mark])
    return best if usual[best] and 2 * usual[best] >= len(lines) else NONE


def _usual_count(counts: list[int]) -> int:
    """Return on how many lines the most usual count above 0 is found."""
    return max(Counter(count for count in counts if count).values(), default=0)


def _quote(sample: str, delimiter: str) -> Quote:
    """Return the apostrophe only where cells begin and end with it and none with a double one."""
    if '"' in sample or _APOSTROPHE not in sample or not delimiter:
        return '"'
    whole = sample[: sample.rfind("\n") + 1]
    cells = [cell for line in whole.splitlines() for cell in line.split(delimiter)]
    opened = sum(cell.startswith(_APOSTROPHE) for cell in cells)
    closed = sum(cell.endswith(_APOSTROPHE) for cell in cells)
    return _APOSTROPHE if opened == closed > 1 else '"'
