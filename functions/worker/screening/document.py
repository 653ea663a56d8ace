"""A record as text, and where in its title or abstract a piece of that text stands."""

from __future__ import annotations

from dataclasses import dataclass

from functions.worker.language.words import sentences
from shared.screening.reference import Reference
from shared.screening.verdict import Quote

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Document:
    """Title and abstract; offsets count characters of the field they are in."""

    title: str
    abstract: str

    @classmethod
    def of(cls, reference: Reference) -> Document:
        """Return what models get to see of a reference."""
        return cls(reference.title, reference.abstract)

    @property
    def text(self) -> str:
        """Return both together."""
        return f"{self.title}{_BETWEEN}{self.abstract}"

    def quotes(self) -> list[Quote]:
        """Return all its sentences."""
        found = []
        if self.title:
            found.append(Quote(field="title", start=0, end=len(self.title), text=self.title))
        for start, end in sentences(self.abstract):
            text = self.abstract[start:end]
            found.append(Quote(field="abstract", start=start, end=end, text=text))
        return found

    def find(self, words: str) -> Quote | None:
        """Return where these words stand, exactly; None when they do not."""
        wanted = words.strip()
        if not wanted:
            return None
        if (at := self.abstract.find(wanted)) >= 0:
            return Quote(field="abstract", start=at, end=at + len(wanted), text=wanted)
        if (at := self.title.find(wanted)) >= 0:
            return Quote(field="title", start=at, end=at + len(wanted), text=wanted)
        return None
