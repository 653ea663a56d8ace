"""Cells by the column: one Arrow array for each class of cell that a column holds.

A column of a real sheet is rarely of one class. Its cells are kept in *strands*, each as long as
the column and null where the cell is of another class, so that nothing is lost and everything that
follows works on whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from pyarrow import DataType

from functions.worker.parse.arrow import Array, pa
from functions.worker.parse.cells import EXACT_FLOAT, Cell
from shared.clean.values import INT64


class Strand(StrEnum):
    """The classes of cells. A date is a moment at midnight."""

    __hash__ = str.__hash__  # quicker than an enumeration's own

    TEXT = "s"
    NUMBER = "n"
    """A float; so are integers up to 2^53: an integral float and an integer are the same cell."""
    BIG = "i"
    """An integer of 64 bits that a float cannot hold."""
    HUGE = "h"
    """A longer integer, by its digits."""
    BOOLEAN = "b"
    MOMENT = "d"
    TIME = "t"
    DURATION = "p"


Strands = dict[Strand, Array]
"""A column; a blank is null in all of them."""

TYPES: Final[dict[Strand, DataType]] = {
    Strand.TEXT: pa.string(),
    Strand.NUMBER: pa.float64(),
    Strand.BIG: pa.int64(),
    Strand.HUGE: pa.string(),
    Strand.BOOLEAN: pa.bool_(),
    Strand.MOMENT: pa.timestamp("us"),
    Strand.TIME: pa.time64("us"),
    Strand.DURATION: pa.duration("us"),
}

_OF_TYPE: Final[dict[type, Strand]] = {
    str: Strand.TEXT,
    float: Strand.NUMBER,
    bool: Strand.BOOLEAN,
    datetime: Strand.MOMENT,
    time: Strand.TIME,
    timedelta: Strand.DURATION,
}
_EXACT = range(-EXACT_FLOAT, EXACT_FLOAT + 1)


def strands_of(cells: Sequence[Cell]) -> Strands:
    """Return the strands of a column of cells."""
    kinds = {type(cell) for cell in cells if cell is not None}
    only = _OF_TYPE.get(kinds.pop()) if len(kinds) == 1 else None
    if only is not None:
        return {only: pa.array(cells, TYPES[only])}
    places: dict[Strand, list[Cell]] = {}
    for row, cell in enumerate(cells):
        if cell is not None:
            strand = strand_of(cell)
            blank = places.setdefault(strand, [None] * len(cells))
            blank[row] = str(cell) if strand is Strand.HUGE else cell
    return {strand: pa.array(found, TYPES[strand]) for strand, found in places.items()}


def strand_of(cell: Cell) -> Strand:
    """Return the class of a cell that is not blank."""
    if type(cell) is not int:
        return _OF_TYPE[type(cell)]
    if cell in _EXACT:
        return Strand.NUMBER
    return Strand.BIG if cell in INT64 else Strand.HUGE


def cells_of(strands: Strands, rows: int) -> list[Cell]:
    """Return the cells again, for what is done cell by cell."""
    cells: list[Cell] = [None] * rows
    for strand, array in strands.items():
        for row, cell in enumerate(array.to_pylist()):
            if cell is not None:
                cells[row] = int(cell) if strand is Strand.HUGE else cell
    return cells
