"""How far a screening has come, and what the last step of it has found."""

from __future__ import annotations

from pydantic import BaseModel, Field

from functions.worker.language.account import Account
from functions.worker.language.usage import Usage
from shared.screening.reference import Reference
from shared.screening.verdict import Verdict


class About(BaseModel):
    """What the file holds, and who judges it."""

    models: tuple[str, str]
    total: int
    duplicates: int
    ranked_by: str = ""


class Fresh(BaseModel):
    """What is to be written in the checkpoint's transaction, once."""

    about: About | None = None
    references: list[Reference] = Field(default_factory=list)
    relevance: list[float] = Field(default_factory=list)
    """Of these references."""
    verdicts: list[Verdict] = Field(default_factory=list)
    usage: Usage = Usage()


class Checkpoint(Account):
    """`judged` are the records with both verdicts, as bits of a number in hexadecimal."""

    imported: int = 0
    judged: str = "0"
    fresh: Fresh = Fresh()

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
