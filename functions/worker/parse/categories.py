"""Which columns of texts are lists of a few categories."""

from __future__ import annotations

from collections.abc import Sequence

from shared.clean.column import Column
from shared.clean.profile import ColumnProfile, Profile

_ENOUGH = 10
_MOST = 100
"""Distinct values, each at least so many times on average:"""
_TIMES = 4
_LONGEST = 64
"""Characters; what is longer is said rather than chosen."""


def with_categories(columns: Sequence[Column], profile: Profile) -> tuple[list[Column], Profile]:
    """Return the columns and the profile, texts that repeat themselves as categories.

    A type that somebody has named stays as it is.
    """
    pairs = [
        _as_category(column, figures) if _is_category(column, figures) else (column, figures)
        for column, figures in zip(columns, profile.columns, strict=True)
    ]
    found = profile.model_copy(update={"columns": [figures for _, figures in pairs]})
    return [column for column, _ in pairs], found


def _is_category(column: Column, figures: ColumnProfile) -> bool:
    if column.type != "text" or column.confidence is None or figures.count < _ENOUGH:
        return False
    few = figures.distinct <= min(_MOST, figures.count // _TIMES)
    return few and all(len(str(top.value)) <= _LONGEST for top in figures.top)


def _as_category(column: Column, figures: ColumnProfile) -> tuple[Column, ColumnProfile]:
    as_category = {"type": "category"}
    return column.model_copy(update=as_category), figures.model_copy(update=as_category)
