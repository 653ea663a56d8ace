"""Strands as texts, the way `cells.as_text` writes one cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.cells import as_text
from functions.worker.parse.strands import Strand
from functions.worker.parse.tallying import is_whole

_PLAIN = (1e-4, 1e9)
"""Between these, Arrow writes a fraction without an exponent, and so does Python."""


def texts_of(strand: Strand, array: Array) -> Array:
    """Return a text for each cell, null for null."""
    if strand in (Strand.TEXT, Strand.HUGE):
        return array
    if strand is Strand.BIG:
        return array.cast(pa.string())
    unique: Any = pc.dictionary_encode(array)
    named = _texts_of_unique(strand, unique.dictionary)
    found: Array = named.take(unique.indices)
    return found


def _texts_of_unique(strand: Strand, values: Array) -> Array:
    if strand is Strand.NUMBER:
        return _numbers(values)
    return pa.array([as_text(cell) for cell in values.to_pylist()], pa.string())


def _numbers(values: Array) -> Array:
    """Cast what Arrow and Python write alike; the rest are numbers with an exponent."""
    whole, size = is_whole(values), np.abs(values.to_numpy())
    texts = values.cast(pa.string()).to_numpy(zero_copy_only=False)
    integers = values.filter(pa.array(whole)).cast(pa.int64()).cast(pa.string())
    texts[whole] = integers.to_numpy(zero_copy_only=False)
    for place in np.flatnonzero(~whole & ((size < _PLAIN[0]) | (size > _PLAIN[1]))):
        texts[place] = as_text(values[int(place)].as_py())
    return pa.array(texts, pa.string())
