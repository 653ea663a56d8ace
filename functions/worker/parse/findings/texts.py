"""What is doubtful about texts: blanks around them, values alike, and texts among numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from functions.worker.parse.arrow import Array, pc
from functions.worker.parse.findings.alike import alike
from functions.worker.parse.findings.hits import Hits, hits_at
from functions.worker.parse.kinds import KINDS, Kind
from functions.worker.parse.text_kinds import CODE_OF, kinds_of_texts
from functions.worker.parse.types import likely_type
from shared.clean.column import Column
from shared.clean.findings import Rule
from shared.clean.values import Json

_ODD_BLANKS: Final = "\xa0\u3000\u200b\ufeff\t"
_SPACED: Final = f"^[ \r\n{_ODD_BLANKS}]|[ \r\n{_ODD_BLANKS}]$|  |[\xa0\u200b\ufeff\t]"
_SOME_OTHER_TYPE: Final = 0.5
"""From this share on, a column of texts is taken for one of numbers or dates with faults."""
_FEW: Final = 2_000
"""Distinct values that are compared with each other."""


class Texts:
    """A column of texts by its distinct values."""

    def __init__(self, values: Array) -> None:
        encoded: Any = pc.dictionary_encode(values)
        self.distinct: Array = encoded.dictionary
        codes = encoded.indices
        if codes.null_count:
            codes = pc.fill_null(codes, -1)
        self._codes = codes.to_numpy()

    def counts(self) -> Any:  # noqa: ANN401 - numpy's own
        """Return how often each distinct value occurs."""
        return np.bincount(self._codes[self._codes >= 0], minlength=len(self.distinct))

    def hits(
        self,
        rule: Rule,
        wanted: Any,  # noqa: ANN401 - numpy's own
        suggest: Callable[[str], Json] | None,
        **about: object,
    ) -> Hits | None:
        """Return the cells with the distinct values that a mask names."""
        if not wanted.any():
            return None
        rows = np.flatnonzero(np.append(wanted, False)[self._codes])

        def value_at(row: int) -> str:
            return str(self.distinct[int(self._codes[row])])

        meant = (lambda row: suggest(value_at(row))) if suggest else None
        return hits_at(rule, rows, value_at, meant, **about)


def find_in_texts(column: Column, values: Array) -> list[Hits | None]:
    """Return the hits of the rules for texts."""
    texts = Texts(values)
    if not len(texts.distinct):
        return []
    return [_spaced(texts), _alike(texts), _of_other_type(column, texts)]


def _spaced(texts: Texts) -> Hits | None:
    found = pc.match_substring_regex(texts.distinct, _SPACED).to_numpy(zero_copy_only=False)
    return texts.hits("whitespace", found, _tidied)


def _tidied(text: str) -> str:
    return re.sub(
        f"[ {_ODD_BLANKS}]+", " ", text.replace("\u200b", "").replace("\ufeff", "")
    ).strip()


def _alike(texts: Texts) -> Hits | None:
    counts = texts.counts()
    if len(counts) > _FEW or 2 * len(counts) > counts.sum():
        return None
    shown = texts.distinct.to_pylist()
    meant = alike(dict(zip(shown, counts.tolist(), strict=True)))
    return texts.hits("look_alike", np.array([text in meant for text in shown]), meant.__getitem__)


def _of_other_type(column: Column, texts: Texts) -> Hits | None:
    """Return what keeps a column from being one of numbers or dates, where most of it is."""
    if column.confidence is None or column.confidence > 1 - _SOME_OTHER_TYPE:
        return None
    codes, counts = kinds_of_texts(texts.distinct), texts.counts()
    tally = np.bincount(codes, weights=counts, minlength=len(KINDS))
    typing = likely_type({kind: int(n) for kind, n in zip(KINDS, tally, strict=True) if n})
    fitting = [CODE_OF[kind] for kind in (*typing.fits, Kind.ERROR)]
    return texts.hits("mixed_types", ~np.isin(codes, fitting), None, type=typing.type)
