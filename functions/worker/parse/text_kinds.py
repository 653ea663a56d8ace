"""The kinds of many texts at once: `kind_of` is asked for the few that it takes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.cells import ERRORS
from functions.worker.parse.kinds import KINDS, MAY_BE_MORE, Kind, kind_of
from functions.worker.parse.texts import SIMPLE, SIMPLE_LENGTH

Codes = Array
"""Positions in KINDS."""

CODE_OF: Final = {kind: code for code, kind in enumerate(KINDS)}

_FIRST_BYTES = np.zeros(256, dtype=np.bool_)
_FIRST_BYTES[[character.encode()[0] for character in {*MAY_BE_MORE, *(e[0] for e in ERRORS)}]] = 1


def kinds_of_texts(texts: Array) -> Codes:
    """Return the kind of each text; no nulls, no empty ones, each best only once."""
    codes = np.full(len(texts), CODE_OF[Kind.TEXT], dtype=np.int8)
    telling = np.flatnonzero(_FIRST_BYTES[_first_bytes(texts)])
    if not len(telling):
        return codes
    asked = texts.take(pa.array(telling))
    simple, fraction = simple_numbers(asked)
    codes[telling[simple]] = CODE_OF[Kind.TYPED_INTEGER]
    codes[telling[simple & fraction]] = CODE_OF[Kind.TYPED_DECIMAL]
    other = np.flatnonzero(~simple)
    found = map(kind_of, asked.take(pa.array(other)).to_pylist())
    codes[telling[other]] = [CODE_OF[kind] for kind in found if kind is not None]
    return codes


def simple_numbers(texts: Array) -> tuple[Any, Any]:
    """Tell which texts are plain numbers as most numbers are, and which have a fraction."""
    short: Any = pc.less_equal(pc.binary_length(texts), SIMPLE_LENGTH)
    plain: Any = pc.and_(short, pc.match_substring_regex(texts, f"^(?:{SIMPLE})$"))
    fraction: Any = pc.match_substring(texts, ".")
    return plain.to_numpy(zero_copy_only=False), fraction.to_numpy(zero_copy_only=False)


def _first_bytes(texts: Array) -> Any:  # noqa: ANN401 - numpy's own
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts)]
    return np.frombuffer(data, np.uint8)[starts]
