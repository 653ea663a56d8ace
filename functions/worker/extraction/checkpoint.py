"""How far an extraction has come, and what the last step of it has found."""

from __future__ import annotations

from pydantic import BaseModel, Field

from functions.worker.language.account import Account
from functions.worker.language.usage import Usage
from shared.extraction.answer import FieldAnswer


class About(BaseModel):
    """How many texts there are, and who reads them."""

    models: tuple[str, str]
    total: int


class Fresh(BaseModel):
    """What is to be written in the checkpoint's transaction, once."""

    about: About | None = None
    texts: list[tuple[int, str]] = Field(default_factory=list)
    answers: list[FieldAnswer] = Field(default_factory=list)
    usage: Usage = Usage()


class Checkpoint(Account):
    """`read` are the texts with both models' answers, as bits of a number in hexadecimal."""

    imported: int = 0
    read: str = "0"
    fresh: Fresh = Fresh()

    def has(self, number: int) -> bool:
        """Say whether both answers to a text are written."""
        return bool(int(self.read, 16) >> number & 1)

    def with_texts(self, numbers: list[int]) -> str:
        """Return `read` with these texts."""
        return f"{int(self.read, 16) | sum(1 << number for number in numbers):x}"

    @property
    def done(self) -> int:
        """How many steps are done: it only grows."""
        return self.imported + int(self.read, 16).bit_count()
