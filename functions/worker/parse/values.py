"""What the cells of a strand are worth in their column's type, by whole arrays."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import numpy as np
from pyarrow import DataType

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.as_texts import texts_of
from functions.worker.parse.kinds import Kind
from functions.worker.parse.strands import Strand
from functions.worker.parse.tallying import is_midnight, is_whole, kinds_of_unique
from functions.worker.parse.text_kinds import CODE_OF, simple_moments, simple_numbers
from functions.worker.parse.types import Typing, value_of
from shared.clean.schema import arrow_type

_ONE_KIND: Final = {
    Strand.BIG: Kind.BIG,
    Strand.BOOLEAN: Kind.BOOLEAN,
    Strand.TIME: Kind.TIME,
    Strand.DURATION: Kind.DURATION,
}


def values_of(strand: Strand, array: Array, typing: Typing) -> Array | None:
    """Return the values, null where a cell has none in this type; None when no cell has one."""
    wanted = arrow_type(typing.type)
    if wanted == pa.string():
        return texts_of(strand, array)
    if strand is Strand.TEXT:
        return _of_texts(array, typing, wanted)
    if strand is Strand.NUMBER:
        return _of_numbers(array, typing.fits, wanted)
    if strand is Strand.MOMENT:
        return _of_moments(array, typing.fits, wanted)
    return array if _ONE_KIND.get(strand) in typing.fits else None


def _of_numbers(array: Array, fits: Collection[Kind], wanted: DataType) -> Array | None:
    if Kind.INTEGER not in fits:
        return None
    if Kind.DECIMAL in fits:
        return array
    kept = _only(array, is_whole)
    return kept.cast(wanted)


def _of_moments(array: Array, fits: Collection[Kind], wanted: DataType) -> Array | None:
    if Kind.DATE not in fits:
        return None
    if Kind.DATETIME in fits:
        return array
    return _only(array, is_midnight).cast(wanted)


def _only(array: Array, fits: Any) -> Array:  # noqa: ANN401 - array to mask
    """Make null what does not fit."""
    filled = array.fill_null(array.drop_null()[0]) if array.null_count else array
    mask = fits(filled)
    if mask.all():
        return array
    kept: Any = pc.if_else(pa.array(mask), array, pa.scalar(None, array.type))
    return kept


def _of_texts(array: Array, typing: Typing, wanted: DataType) -> Array | None:
    unique, codes = kinds_of_unique(array)
    fitting = np.flatnonzero(np.isin(codes, [CODE_OF[kind] for kind in typing.fits]))
    if not len(fitting):
        return None
    texts = unique.dictionary.take(pa.array(fitting))
    places = np.full(len(codes), -1, np.int64)
    places[fitting] = np.arange(len(fitting))
    where = pa.array(places, mask=places < 0).take(unique.indices)
    found: Array = _worth(texts, typing, wanted).take(where)
    return found


def _worth(texts: Array, typing: Typing, wanted: DataType) -> Array:
    quick = _quick(texts, typing)
    other = np.flatnonzero(~quick)
    found = [value_of(text, typing) for text in texts.take(pa.array(other)).to_pylist()]
    if len(other) == len(texts):
        return pa.array(found, wanted)
    values = pc.if_else(pa.array(quick), texts, pa.scalar(None, texts.type)).cast(wanted)
    whole: Any = pc.replace_with_mask(values, pa.array(~quick), pa.array(found, wanted))
    return whole


def _quick(texts: Array, typing: Typing) -> Any:  # noqa: ANN401 - numpy's own
    """Tell which texts Arrow reads as they are meant."""
    if typing.type in ("integer", "decimal"):
        simple, fraction = simple_numbers(texts)
        return simple & ~fraction if typing.notation.comma else simple
    if typing.type in ("date", "datetime"):
        return simple_moments(texts)
    return np.zeros(len(texts), np.bool_)
