"""What calls have cost."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import reduce

from pydantic import BaseModel, NonNegativeFloat, NonNegativeInt


class Usage(BaseModel):
    """Calls that were answered by the endpoint, and their tokens; `cached` were answered before."""

    calls: NonNegativeInt = 0
    cached: NonNegativeInt = 0
    tokens_in: NonNegativeInt = 0
    tokens_in_cached: NonNegativeInt = 0
    """Of those that went in, what the endpoint itself had in its cache."""
    tokens_out: NonNegativeInt = 0
    cost: NonNegativeFloat = 0.0

    def plus(self, other: Usage) -> Usage:
        """Return the sum."""
        mine, theirs = self.model_dump(), other.model_dump()
        return Usage.model_validate({name: mine[name] + theirs[name] for name in mine})

    def minus(self, other: Usage) -> Usage:
        """Return what is left; no less than nothing, as sums of prices are not exact."""
        mine, theirs = self.model_dump(), other.model_dump()
        return Usage.model_validate({name: max(0, mine[name] - theirs[name]) for name in mine})

    @classmethod
    def sum(cls, usages: Iterable[Usage]) -> Usage:
        """Return the sum of all."""
        return reduce(cls.plus, usages, cls())

    @property
    def tokens(self) -> int:
        """In and out together: what a budget counts."""
        return self.tokens_in + self.tokens_out


class Meter:
    """Counts what an attempt's calls cost, whatever becomes of their answers; safe for threads."""

    def __init__(self) -> None:
        self._total, self._told = Usage(), Usage()
        self._closed = False
        self._lock = threading.Lock()

    def add(self, usage: Usage) -> bool:
        """Count it; False when it is closed, and this attempt cannot tell of it any more."""
        with self._lock:
            if not self._closed:
                self._total = self._total.plus(usage)
            return not self._closed

    def tell(self, usages: Iterable[Usage]) -> Usage:
        """Return the sum of what goes with answers that are kept."""
        told = Usage.sum(usages)
        with self._lock:
            self._told = self._told.plus(told)
        return told

    def close(self) -> Usage:
        """Return what has gone with no answer that was kept; nothing is counted after that."""
        with self._lock:
            self._closed = True
            return self._total.minus(self._told)
