"""Bring in columns of another record."""

import numpy as np
import pyarrow as pa

from functions.worker.frames.convert import convert
from functions.worker.frames.frame import MAX_ROWS, Cells, Frame
from functions.worker.frames.groups import Places, group_of_rows
from shared.actions.join import Join, Pair
from shared.edits.shape import TEXTS
from shared.errors import Unprocessable


def apply(action: Join, frame: Frame, other: Frame) -> Frame:
    """Return the rows in their order, each as often as the other record has its like."""
    left, right = _keys(action, frame, other)
    order = np.argsort(right, kind="stable")
    first, last = (np.searchsorted(right[order], left, side=side) for side in ("left", "right"))
    matches = np.where(left < 0, 0, last - first)
    times = np.maximum(matches, 1) if action.unmatched == "keep" else matches
    _refuse_too_many(int(times.sum()))
    mine = np.repeat(np.arange(frame.rows), times)
    nth = np.arange(len(mine)) - np.repeat(np.cumsum(times) - times, times)
    unmatched = np.repeat(matches == 0, times)
    padded = np.append(order, 0)
    theirs = padded[np.where(unmatched, 0, np.repeat(first, times) + nth)]
    rows = pa.array(theirs, mask=unmatched)
    names = action.new_names(frame.shape, other.shape)
    new = (other.column(old).take(rows).renamed(name) for old, name in names.items())
    return frame.take(pa.array(mine)).plus(*new)


def _keys(action: Join, frame: Frame, other: Frame) -> tuple[Places, Places]:
    """Return what each row is to be compared by: equal numbers, or -1 for a blank."""
    pairs = [_together(pair, frame, other) for pair in action.on]
    groups = group_of_rows(pairs, frame.rows + other.rows)
    for cells in pairs:
        groups[cells.blank.to_numpy()] = -1
    right = groups[frame.rows :]
    # A blank of theirs must be like no blank of ours.
    return groups[: frame.rows], np.where(right < 0, -2, right)


def _together(pair: Pair, frame: Frame, other: Frame) -> Cells:
    left, right = frame.column(pair.left), other.column(pair.right)
    if {left.type, right.type} == {"integer", "decimal"}:
        left, right = (convert(cells, "decimal", keep_unfit=True) for cells in (left, right))
    if left.type != right.type and not {left.type, right.type} <= set(TEXTS):
        raise Unprocessable(
            f"{pair.left!r} is of type {left.type} and {pair.right!r} of type {right.type}: change "
            "the type of one of them first."
        )
    values = pa.chunked_array([*left.values.chunks, *right.values.chunks], left.values.type)
    if left.odd is None and right.odd is None:
        return Cells.of(pair.left, left.type, values)
    odd = [_odd_of(left), _odd_of(right)]
    texts = pa.chunked_array([chunk for each in odd for chunk in each.chunks])
    return Cells(pair.left, left.type, values, texts)


def _odd_of(cells: Cells) -> "pa.ChunkedArray[pa.StringScalar]":
    none = pa.nulls(len(cells.values), pa.string())
    return pa.chunked_array([none]) if cells.odd is None else cells.odd


def _refuse_too_many(rows: int) -> None:
    if rows > MAX_ROWS:
        raise Unprocessable(
            f"The join would have {rows:,} rows; {MAX_ROWS:,} are the most. Are the columns that "
            "are compared the right ones?"
        )
