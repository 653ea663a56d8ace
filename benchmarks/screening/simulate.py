"""A reviewer who works through a ranking, which learns from each decision, until all are read."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Protocol

RECALL = 0.95


class Ranker(Protocol):
    """Scores all records, given the places of those decided on."""

    def __call__(self, included: Sequence[int], excluded: Sequence[int]) -> Sequence[float]:
        """Return a score for each record."""


def wss95(labels: Sequence[bool], ranker: Ranker, *, seed: int) -> float:
    """Return the work saved over sampling at 95 % recall.

    The reviewer begins with one relevant and one other record, the same for every ranker, then
    reads in small batches that grow with what is read.
    """
    dice = random.Random(seed)  # noqa: S311
    relevant = [at for at, label in enumerate(labels) if label]
    others = [at for at, label in enumerate(labels) if not label]
    included, excluded = [dice.choice(relevant)], [dice.choice(others)]
    wanted = math.ceil(RECALL * len(relevant))
    left = set(range(len(labels))) - {*included, *excluded}
    while True:
        scores = ranker(included, excluded)
        batch = max(1, (len(labels) - len(left)) // 10)
        for at in sorted(left, key=lambda each: (-scores[each], each))[:batch]:
            left.discard(at)
            (included if labels[at] else excluded).append(at)
            if len(included) >= wanted:
                return len(left) / len(labels) - (1 - RECALL)


def random_order(size: int, *, seed: int) -> Callable[[Sequence[int], Sequence[int]], list[float]]:
    """Return a ranker that learns nothing."""
    dice = random.Random(seed)  # noqa: S311
    scores = [dice.random() for _ in range(size)]
    return lambda _included, _excluded: scores
