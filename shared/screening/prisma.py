"""The counts of a PRISMA 2020 flow."""

from __future__ import annotations

from shared.model import Model

NO_REASON = "no reason given"
"""Stands in `reasons` for those without one."""


class Prisma(Model):
    """How many records were left at each step; reports are full texts."""

    identified: int
    duplicates_removed: int
    screened: int
    excluded: int
    """By title and abstract, by people or by agreement of the models."""
    awaiting: int
    """Not decided yet: conflicts, or records that are still to be judged."""
    sought: int
    """Included by title and abstract: their full texts are to be read."""
    awaiting_full_text: int
    excluded_full_text: int
    reasons: dict[str, int]
    """Why full texts were excluded."""
    included: int
