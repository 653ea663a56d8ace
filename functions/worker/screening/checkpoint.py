"""How far a screening has come, and what the last step of it has found."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, Field

from functions.worker.language.usage import Usage
from shared.screening.reference import Reference
from shared.screening.verdict import Verdict


class About(BaseModel):
    """What the file holds, and who judges it."""

    models: tuple[str, str]
    total: int
    duplicates: int


class Fresh(BaseModel):
    """What is to be written in the checkpoint's transaction, once."""

    about: About | None = None
    references: list[Reference] = Field(default_factory=list)
    relevance: list[float] = Field(default_factory=list)
    """Of these references."""
    verdicts: list[Verdict] = Field(default_factory=list)
    usage: Usage = Usage()


class Checkpoint(BaseModel):
    """`judged` are the records with both verdicts, as bits of a number in hexadecimal."""

    run: int = 0
    """Fence of the first attempt: one that starts from nothing again is another run."""
    imported: int = 0
    judged: str = "0"
    spent: Usage = Usage()
    """By this job so far."""
    begun: list[float] = Field(default_factory=list)
    """When the calls of the last minute began, in seconds since the epoch."""
    in_flight: int = 0
    """Calls whose answers are not counted yet."""
    fresh: Fresh = Fresh()

    def begun_by(self, fence: int) -> Self:
        """Return it with the fence of an attempt, if that one is the first."""
        return self if self.run else self.model_copy(update={"run": fence})

    def has(self, number: int) -> bool:
        """Say whether both verdicts on a record are written."""
        return bool(int(self.judged, 16) >> number & 1)

    def with_records(self, numbers: list[int]) -> str:
        """Return `judged` with these records."""
        return f"{int(self.judged, 16) | sum(1 << number for number in numbers):x}"

    @property
    def done(self) -> int:
        """How many steps are done: it only grows."""
        return self.imported + int(self.judged, 16).bit_count()
