"""Rows of clean data as text, put together by whole columns instead of cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from shared.clean.compute import Cells, compute

if TYPE_CHECKING:
    import pyarrow as pa

_PIECE_BYTES = 8 << 20
"""What is turned into text at once: small enough that the first of it is soon on its way."""

_EXACT = 2.0**53
"""Up to here each integer is a number of its own among the decimals."""


def pieces(table: pa.Table, *, row_overhead: int) -> Iterator[pa.Table]:
    """Cut a table into pieces whose text stays small; each row adds `row_overhead` bytes to it."""
    size = table.nbytes + table.num_rows * row_overhead
    rows = max(1, table.num_rows * _PIECE_BYTES // max(size, 1))
    for start in range(0, table.num_rows, rows):
        yield table.slice(start, rows)


def joined(parts: Sequence[Cells | str], *, null: str, separator: str) -> bytes:
    """Return the rows as text: each is its `parts` one after the other, constants included.

    `separator` stands between rows, `null` where a part has one. At least one part is an array.
    """
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    large = pa.large_string()
    columns: list[Any] = [
        pa.scalar(part, large) if isinstance(part, str) else pc.cast(part, large)
        for part in (*parts, separator)
    ]
    rows = pc.binary_join_element_wise(
        *columns, pa.scalar("", large), null_handling="replace", null_replacement=null
    )
    length: int = pc.sum(pc.binary_length(rows)).as_py() or 0
    # The texts of an array lie one behind the other.
    text: bytes = memoryview(rows.buffers()[2])[: max(length - len(separator), 0)].tobytes()
    return text


def plain(values: Cells) -> Cells:
    """Return values as ISO and Excel show them, numbers as Python does; blanks stay null."""
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    kind = values.type
    if pa.types.is_floating(kind):
        return _decimals(values)
    if pa.types.is_timestamp(kind):
        return _to_the_second(values, pa.timestamp("s"))
    if pa.types.is_time(kind):
        return _to_the_second(values, pa.time32("s"))
    if pa.types.is_duration(kind):
        return _durations(values)
    return pc.cast(values, pa.string())


def _decimals(values: Cells) -> Cells:
    """Shortest digits that mean the same number; a whole one ends in `.0`, as it is no integer."""
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()
    text = pc.cast(values, pa.string())
    whole = pc.and_(pc.equal(pc.trunc(values), values), pc.less_equal(pc.abs(values), _EXACT))
    if not pc.any(whole).as_py():
        return text
    # Arrow writes them with an exponent from 1e10 on, as nobody would write a telephone number.
    digits = pc.cast(pc.cast(pc.if_else(whole, values, 0.0), pa.int64()), pa.string())
    return pc.if_else(whole, pc.binary_join_element_wise(digits, ".0", ""), text)


def _to_the_second(values: Cells, seconds: pa.DataType) -> Cells:
    """Leave fractions out where they are none."""
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    whole = pc.cast(values, seconds, safe=False)
    exact = pc.equal(whole.cast(values.type), values)
    text = pc.cast(whole, pa.string())
    if pc.all(exact).as_py() is not False:
        return text
    return pc.if_else(exact, text, pc.cast(values, pa.string()))


def _durations(values: Cells) -> Cells:
    import pyarrow as pa  # noqa: PLC0415

    from shared.clean.values import duration_text  # noqa: PLC0415

    texts = [None if value is None else duration_text(value) for value in values.to_pylist()]
    return pa.array(texts, type=pa.string())
