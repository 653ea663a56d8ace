"""What calls have cost."""

from __future__ import annotations

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

    @property
    def tokens(self) -> int:
        """In and out together: what a budget counts."""
        return self.tokens_in + self.tokens_out
