"""How many cells of each kind a column has, counted by whole arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import numpy as np

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.cells import EXACT_FLOAT
from functions.worker.parse.kinds import KINDS, Kind
from functions.worker.parse.strands import Strand, Strands
from functions.worker.parse.text_kinds import CODE_OF, Codes, kinds_of_texts

_DAY = 86_400_000_000
"""Microseconds."""
_TOGETHER = 1_000
"""Texts: to look at fewer costs as much, and a sheet may have thousands of columns."""
_ONE_KIND: Final = {
    Strand.BIG: Kind.BIG,
    Strand.HUGE: Kind.TEXT,
    Strand.BOOLEAN: Kind.BOOLEAN,
    Strand.TIME: Kind.TIME,
    Strand.DURATION: Kind.DURATION,
}


def tally(columns: Mapping[int, Strands]) -> dict[int, Counter[Kind]]:
    """Count the kinds of each column's cells; blanks are not counted."""
    of_texts = dict(_of_texts(columns))
    return {
        column: _counter(_of_others(strands) + of_texts.get(column, 0))
        for column, strands in columns.items()
    }


def is_whole(numbers: Array) -> Array:
    """Tell which numbers are integers that a float holds exactly; the array has no nulls."""
    values = numbers.to_numpy()
    return (np.abs(values) <= EXACT_FLOAT) & (np.floor(values) == values)


def is_midnight(moments: Array) -> Array:
    """Tell which moments are bare dates; the array has no nulls."""
    return moments.cast(pa.int64()).to_numpy() % _DAY == 0


def kinds_of_unique(texts: Array) -> tuple[Array, Codes]:
    """Return the texts by their unique values, and the kind of each of those."""
    unique: Any = pc.dictionary_encode(texts)
    return unique, kinds_of_texts(unique.dictionary)


def _counter(counts: Array) -> Counter[Kind]:
    return Counter({KINDS[code]: int(counts[code]) for code in np.flatnonzero(counts)})


def _of_others(strands: Strands) -> Array:
    counts = np.zeros(len(KINDS), np.int64)
    for strand, array in strands.items():
        if strand in _ONE_KIND:
            counts[CODE_OF[_ONE_KIND[strand]]] += len(array) - array.null_count
        elif strand in _COUNT:
            counts += _COUNT[strand](array.drop_null())
    return counts


def _of_texts(columns: Mapping[int, Strands]) -> Iterator[tuple[int, Array]]:
    for some in _groups(columns):
        texts = [columns[column][Strand.TEXT].drop_null() for column in some]
        unique, codes = kinds_of_unique(texts[0] if len(texts) == 1 else pa.concat_arrays(texts))
        owner = np.repeat(np.arange(len(some)), [len(text) for text in texts])
        places = owner * len(KINDS) + codes[unique.indices.to_numpy()]
        counts = np.bincount(places, minlength=len(some) * len(KINDS))
        yield from zip(some, counts.reshape(len(some), len(KINDS)), strict=True)


def _groups(columns: Mapping[int, Strands]) -> Iterator[list[int]]:
    """Put together columns of few texts."""
    group: list[int] = []
    length = 0
    for column, strands in columns.items():
        if Strand.TEXT in strands:
            group.append(column)
            length += len(strands[Strand.TEXT])
        if length >= _TOGETHER:
            yield group
            group, length = [], 0
    if group:
        yield group


def _numbers(numbers: Array) -> Array:
    return _split(is_whole(numbers), Kind.INTEGER, Kind.DECIMAL)


def _moments(moments: Array) -> Array:
    return _split(is_midnight(moments), Kind.DATE, Kind.DATETIME)


def _split(fits: Array, kind: Kind, other: Kind) -> Array:
    counts = np.zeros(len(KINDS), np.int64)
    fitting = np.count_nonzero(fits)
    counts[CODE_OF[kind]], counts[CODE_OF[other]] = fitting, len(fits) - fitting
    return counts


_COUNT: Final[dict[Strand, Callable[[Array], Array]]] = {
    Strand.NUMBER: _numbers,
    Strand.MOMENT: _moments,
}
