"""A text file by whole columns: cut at the ends of records, and each slice parsed by Arrow.

Arrow and Python's csv agree on records that are written by the rules. Where a quotation mark
stands against them, or a line ends in a return alone, nothing is cut any more and the rest is read
by rows; so is a slice of records that are not equally long.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from pyarrow import ArrowInvalid
from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, read_csv

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.batches import BATCH_ROWS, Batch
from functions.worker.parse.cells import Cell
from functions.worker.parse.csv_dialect import Dialect, rows_in
from functions.worker.parse.strands import Strand, Strands

SLICE_BYTES: Final = 2 << 20
"""Some 25,000 rows: several are under way when a job is to stop, and those are ended first."""
_RESERVED: Final = 128 << 20
"""Address space for the texts of a slice; Arrow reserves a whole slice for each column."""
_NO_MARK = "\x1f"
"""No character of a table: where there is no delimiter, it does not occur."""


class Slice(NamedTuple):
    """Whole records in UTF-8."""

    data: bytes
    first: int
    """Position of the first record."""
    records: int


class Irregular(Exception):
    """From here on the file cannot be cut; `position` is that of the next record."""

    def __init__(self, position: int) -> None:
        super().__init__("The file is not written by the rules.")
        self.position = position


def cut(pieces: Iterable[bytes], dialect: Dialect) -> Iterator[Slice]:
    """Yield slices of whole records; raises Irregular where that is not possible."""
    quoted = _quoted(dialect)
    first, rest = 0, b""
    for piece in pieces:
        rest += piece
        end = _end(rest, dialect)
        if not end and len(rest) > 2 * SLICE_BYTES:
            raise Irregular(first)
        if end:
            found = _checked(rest[:end], first, quoted, dialect)
            yield found
            first, rest = first + found.records, rest[end:]
    if rest:
        yield _checked(rest, first, quoted, dialect)


def read_slice(found: Slice, dialect: Dialect, start: int) -> list[Batch]:
    """Return the records from position `start` on that have a value; may run in any thread."""
    try:
        columns = _columns(found.data, dialect)
    except ArrowInvalid:
        columns = _columns_of_rows(found.data, dialect)
    rows = _used(columns)
    rows = rows[rows >= start - found.first]
    batches = (rows[low : low + BATCH_ROWS] for low in range(0, len(rows), BATCH_ROWS))
    return [_batch(columns, some, found.first) for some in batches]


def _end(data: bytes, dialect: Dialect) -> int:
    """Return where the last whole record ends: at a line end outside of quotation marks."""
    end = data.rfind(b"\n") + 1
    quote = dialect.quote.encode()
    while quote and end and data.count(quote, 0, end) % 2:
        end = data.rfind(b"\n", 0, end - 1) + 1
    return end


def _checked(data: bytes, first: int, quoted: re.Pattern[bytes] | None, dialect: Dialect) -> Slice:
    if data.count(b"\r") != data.count(b"\r\n"):
        raise Irregular(first)
    bare = data
    if quoted is not None and dialect.quote.encode() in data:
        bare = quoted.sub(b"", data)
        if dialect.quote.encode() in bare:
            raise Irregular(first)
    return Slice(data, first, bare.count(b"\n") + (not data.endswith(b"\n")))


def _quoted(dialect: Dialect) -> re.Pattern[bytes] | None:
    """Return what a field between quotation marks looks like."""
    if not dialect.quote:
        return None
    quote = re.escape(dialect.quote.encode())
    mark = re.escape((dialect.delimiter or _NO_MARK).encode())
    return re.compile(
        b"(?<![^\n%(mark)b])%(quote)b[^%(quote)b]*+(?:%(quote)b%(quote)b[^%(quote)b]*+)*+%(quote)b"
        b"(?=%(mark)b|\r?\n|\\Z)" % {b"quote": quote, b"mark": mark}
    )


def _columns(data: bytes, dialect: Dialect) -> list[Array]:
    """Return all fields as texts; raises ArrowInvalid where records are not equally long."""
    width = len(next(_records(data, dialect)))
    if not width:
        raise ArrowInvalid("The first line is blank.")
    names = [str(position) for position in range(width)]
    # A dictionary grows as it is filled, and takes half as long again.
    kind = pa.string() if width * len(data) <= _RESERVED else pa.dictionary(pa.int32(), pa.string())
    table: Any = read_csv(
        pa.BufferReader(data),
        read_options=ReadOptions(
            column_names=names, use_threads=False, block_size=max(len(data) + 1, 1 << 10)
        ),
        parse_options=ParseOptions(
            delimiter=dialect.delimiter or _NO_MARK,
            quote_char=dialect.quote or False,
            newlines_in_values=bool(dialect.quote),
            ignore_empty_lines=False,
        ),
        convert_options=ConvertOptions(column_types=dict.fromkeys(names, kind)),
    )
    return [_filled(column.combine_chunks().cast(pa.string())) for column in table.columns]


def _columns_of_rows(data: bytes, dialect: Dialect) -> list[Array]:
    rows = list(_records(data, dialect))
    width = max(map(len, rows), default=0)
    whole = [[*row, *[None] * (width - len(row))] for row in rows]
    columns = zip(*whole, strict=True) if width else iter([[None] * len(rows)])
    return [pa.array(column, pa.string()) for column in columns]


def _records(data: bytes, dialect: Dialect) -> Iterator[list[Cell]]:
    return rows_in(dialect.reader(io.StringIO(data.decode(), newline="")))


def _filled(column: Array) -> Array:
    """Make null what holds nothing but blanks."""
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks)
    blank = pc.or_(pc.equal(pc.binary_length(column), 0), pc.utf8_is_space(column))
    if not pc.any(blank).as_py():
        return column
    return pc.if_else(blank, pa.scalar(None, pa.string()), column)


def _used(columns: list[Array]) -> Any:  # noqa: ANN401 - numpy's own
    """Return the indices of the records that have a value."""
    used = np.zeros(len(columns[0]) if columns else 0, np.bool_)
    for column in columns:
        if column.null_count < len(column):
            used |= column.is_valid().to_numpy(zero_copy_only=False)
    return np.flatnonzero(used)


def _batch(columns: list[Array], rows: Any, first: int) -> Batch:  # noqa: ANN401
    low, high = int(rows[0]), int(rows[-1]) + 1
    if high - low == len(rows):
        some = [column[low:high] for column in columns]
    else:
        some = [column.take(pa.array(rows)) for column in columns]
    strands: dict[int, Strands] = {
        position: {Strand.TEXT: column}
        for position, column in enumerate(some)
        if column.null_count < len(column)
    }
    return Batch(strands, (rows + first).tolist())
