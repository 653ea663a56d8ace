"""Long texts in pieces, cut between sentences."""

from __future__ import annotations

from functions.worker.language.words import sentences

MOST_CHARACTERS = 6000


def chunks(text: str, most: int = MOST_CHARACTERS) -> list[tuple[int, int]]:
    """Return spans that cover the text; a sentence that is too long by itself is cut."""
    if len(text) <= most:
        return [(0, len(text))]
    found, start = [], 0
    for _, end in sentences(text):
        while end - start > most:
            stop = max((b for _, b in sentences(text[start : start + most])[:-1]), default=most)
            found.append((start, start + stop))
            start += stop
    found.append((start, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip()]
