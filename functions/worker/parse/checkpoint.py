"""How far a parse has come, in a form that the next attempt can go on from."""

from __future__ import annotations

from collections import Counter
from typing import Self

from pydantic import BaseModel

from functions.worker.parse.kinds import Kind
from functions.worker.parse.plan import Plan
from shared.clean.manifest import Part


class Checkpoint(BaseModel):
    """Every object that it names is complete."""

    plan: Plan | None = None
    tallies: dict[int, dict[Kind, int]] = {}
    """By the column's position in the sheet."""
    rows: int = 0
    """Filled rows read."""
    next_position: int = 0
    """Position in the sheet of the next row to read."""
    staged: list[Part] = []
    all_read: bool = False
    parts: list[Part] = []
    manifest_key: str | None = None

    @property
    def done(self) -> int:
        """Rows read and rows typed: grows with every checkpoint."""
        typed = sum(part.rows for part in self.parts)
        return self.rows + typed + self.all_read + bool(self.manifest_key)

    def with_batch(
        self, tallies: dict[int, Counter[Kind]], *, rows: int, next_position: int
    ) -> Self:
        """Add what one batch holds."""
        merged = {column: Counter(counts) for column, counts in self.tallies.items()}
        for column, counts in tallies.items():
            merged.setdefault(column, Counter()).update(counts)
        return self.model_copy(
            update={
                "tallies": {column: dict(counts) for column, counts in merged.items()},
                "rows": self.rows + rows,
                "next_position": next_position,
            }
        )

    def with_staged(self, part: Part) -> Self:
        """Add a batch that waits for the types."""
        return self.model_copy(update={"staged": [*self.staged, part]})

    def with_part(self, part: Part) -> Self:
        """Add a part of the clean data."""
        return self.model_copy(update={"parts": [*self.parts, part]})
