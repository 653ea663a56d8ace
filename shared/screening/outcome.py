"""What two verdicts come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from shared.screening.verdict import Decision

Rule = Literal["both", "or"]
"""`both`: models must agree, or a human decides. `or`: what either includes is included."""
Outcome = Literal["include", "exclude", "conflict", "unjudged"]


def combine(a: Decision | None, b: Decision | None, rule: Rule) -> Outcome:
    """Return the outcome; `unjudged` while a verdict is missing."""
    if a is None or b is None:
        return "unjudged"
    if rule == "or" and "include" in (a, b):
        return "include"
    if a == b and a != "unclear":
        return a
    return "conflict"


def agreement(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return the share of pairs that are equal; None when there is none."""
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa; None where it is not defined: no pair, or only one answer ever."""
    observed = agreement(pairs)
    if observed is None:
        return None
    size = len(pairs)
    answers = {answer for pair in pairs for answer in pair}
    by_chance = sum(
        sum(a == answer for a, _ in pairs) * sum(b == answer for _, b in pairs)
        for answer in answers
    ) / (size * size)
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
