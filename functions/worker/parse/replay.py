"""What was found in a file, and the options that read it, or one like it, in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from functions.worker.parse.checkpoint import Checkpoint
from shared.clean.column import Column, ColumnType
from shared.clean.options import MAX_HEADER_ROWS, MAX_NAME_LENGTH, ParseOptions
from shared.clean.source import Source

T = TypeVar("T", bound=str)

_MOST_NAMES = 30_000
"""Characters of all names."""


def source_of(state: Checkpoint, columns: Sequence[Column], options: ParseOptions) -> Source:
    """Return what the record says of its file."""
    assert state.plan is not None  # noqa: S101 - reading made it
    plan = state.plan
    # Rows that stand out of order would make it less than none.
    blank = max(state.next_position - plan.data_start - state.rows, 0)
    found = {
        "blank_rows": blank,
        "hidden_rows": state.notes.hidden_rows,
        "uncached": sum(state.notes.uncached.values()),
        "options": _effective(plan.source, columns, options),
    }
    return plan.source.model_copy(update=found)


def _effective(source: Source, columns: Sequence[Column], options: ParseOptions) -> ParseOptions:
    """Return all choices, whoever made them, as if somebody had.

    What is longer than a request may say is left to be found anew.
    """
    of_text = source.format == "csv"
    return ParseOptions(
        sheet=source.sheet if len(source.sheet) <= MAX_NAME_LENGTH else None,
        header_row=_header_row(source.header_rows),
        types=_types(columns),
        date_order=options.date_order or _common(column.date_order for column in columns),
        decimal_mark=options.decimal_mark or _common(column.decimal_mark for column in columns),
        spread_merged=options.spread_merged,
        key=options.key,
        encoding=source.encoding,
        delimiter=source.delimiter or "" if of_text else None,
        quote=source.quote,
    )


def _types(columns: Sequence[Column]) -> dict[str, ColumnType]:
    """Return all types, none where they would be more than a request can carry."""
    named = {each.name: each.type for each in columns if len(each.name) <= MAX_NAME_LENGTH}
    return named if sum(map(len, named)) <= _MOST_NAMES else {}


def _header_row(rows: list[int]) -> int | list[int] | None:
    if not rows:
        return 0
    if len(rows) > MAX_HEADER_ROWS:
        return None
    return rows[0] if len(rows) == 1 else rows


def _common(found: Iterable[T | None]) -> T | None:
    """Return what all say that say anything."""
    said = {each for each in found if each is not None}
    return said.pop() if len(said) == 1 else None
