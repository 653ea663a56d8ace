"""The kinds of many texts at once: `kind_of` is asked for the few that it takes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.cells import ERRORS
from functions.worker.parse.dates import MONTH_FIRST_WORD
from functions.worker.parse.kinds import KINDS, MAY_BE_MORE, Kind, kind_of
from functions.worker.parse.texts import BLANKS, MAX_WORD, SIMPLE, SIMPLE_LENGTH
from shared.clean import booleans

Codes = Array
"""Positions in KINDS."""

CODE_OF: Final = {kind: code for code, kind in enumerate(KINDS)}

_WORDS = pa.array(list(booleans.TYPED))
_FIRST_BYTES = np.zeros(256, dtype=np.bool_)
_FIRST_BYTES[[character.encode()[0] for character in {*MAY_BE_MORE, *(e[0] for e in ERRORS)}]] = 1
_THREE = r"^-?[1-9][0-9]{0,2}[.][0-9]{3}$"
_DAY = r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
"""A day that every such month has."""
_AT = r"[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"


def kinds_of_texts(texts: Array) -> Codes:
    """Return the kind of each text; no nulls, no empty ones, each best only once."""
    codes = np.full(len(texts), CODE_OF[Kind.TEXT], dtype=np.int8)
    codes[_are_words(texts)] = CODE_OF[Kind.TYPED_BOOLEAN]
    telling = np.flatnonzero(_may_be_more(texts))
    if not len(telling):
        return codes
    asked = texts.take(pa.array(telling))
    known = _of_plain_forms(asked)
    other = np.flatnonzero(known < 0)
    found = map(kind_of, asked.take(pa.array(other)).to_pylist())
    known[other] = [CODE_OF[kind] for kind in found if kind is not None]
    codes[telling] = known
    return codes


def simple_numbers(texts: Array) -> tuple[Any, Any]:
    """Tell which texts are plain numbers as most numbers are, and which have a fraction."""
    short: Any = pc.less_equal(pc.binary_length(texts), SIMPLE_LENGTH)
    plain: Any = pc.and_(short, pc.match_substring_regex(texts, f"^(?:{SIMPLE})$"))
    return _mask(plain), _mask(pc.match_substring(texts, "."))


def simple_moments(texts: Array) -> Any:  # noqa: ANN401 - numpy's own
    """Tell which texts are dates or moments as Arrow reads them."""
    return _mask(pc.match_substring_regex(texts, f"^{_DAY}(?:{_AT})?$"))


def _of_plain_forms(texts: Array) -> Codes:
    """Return the kinds of the usual numbers and dates, -1 for the rest."""
    known = np.full(len(texts), -1, dtype=np.int8)
    simple, fraction = simple_numbers(texts)
    known[simple] = CODE_OF[Kind.TYPED_INTEGER]
    if fraction.any():
        known[simple & fraction] = CODE_OF[Kind.TYPED_DECIMAL]
        three = _mask(pc.match_substring_regex(texts, _THREE))
        known[simple & three] = CODE_OF[Kind.TYPED_THREE_POINT]
    if not simple.all():
        moments = simple_moments(texts)
        known[moments] = CODE_OF[Kind.TYPED_DATE]
        known[moments & _mask(pc.match_substring(texts, ":"))] = CODE_OF[Kind.TYPED_DATETIME]
    return known


def _may_be_more(texts: Array) -> Any:  # noqa: ANN401
    named = _mask(pc.match_substring_regex(texts, f"^{MONTH_FIRST_WORD}"))
    found: Any = _FIRST_BYTES[_first_bytes(texts)] | named
    return found


def _are_words(texts: Array) -> Any:  # noqa: ANN401 - indices
    short = np.flatnonzero(_mask(pc.less_equal(pc.utf8_length(texts), MAX_WORD)))
    trimmed = pc.utf8_trim(texts.take(pa.array(short)), characters=BLANKS)
    return short[_mask(pc.is_in(pc.ascii_lower(trimmed), value_set=_WORDS))]


def _mask(found: Any) -> Any:  # noqa: ANN401
    return found.to_numpy(zero_copy_only=False)


def _first_bytes(texts: Array) -> Any:  # noqa: ANN401 - numpy's own
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts)]
    return np.frombuffer(data, np.uint8)[starts]
