"""References that are one and the same, found by DOI, PMID, or nearly the same title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from functions.worker.references.text import plain
from shared.screening.reference import DuplicateBy, Reference

_ALIKE = 0.85
"""Of two titles' character triples, this share must be common."""
_SHORT = 20
"""Titles of fewer characters, such as `Editorial`, say nothing without an author and a year."""
_RAREST = 3
_MOST_ALIKE = 500
_NUMBERS = re.compile(r"\d+|\b[ivx]+\b")


def mark_duplicates(references: Sequence[Reference]) -> list[Reference]:
    """Return all, those that repeat an earlier one marked with its number and by what."""
    seen = _Seen()
    return [_marked(each, seen) for each in references]


def _marked(reference: Reference, seen: _Seen) -> Reference:
    first, by = seen.find(reference)
    if first is None:
        seen.add(reference)
        return reference
    return reference.model_copy(update={"duplicate_of": first, "duplicate_by": by})


class _Seen:
    """The references that are kept, by what they could be found again."""

    def __init__(self) -> None:
        self._dois: dict[str, int] = {}
        self._pmids: dict[str, int] = {}
        self._titles: dict[str, list[Reference]] = defaultdict(list)
        self._pieces: dict[str, list[Reference]] = defaultdict(list)
        self._triples: dict[int, frozenset[str]] = {}
        self._numbers: dict[int, list[str]] = {}

    def add(self, one: Reference) -> None:
        if one.doi:
            self._dois.setdefault(one.doi, one.number)
        if one.pmid:
            self._pmids.setdefault(one.pmid, one.number)
        title = plain(one.title)
        if title:
            self._titles[title].append(one)
            self._triples[one.number] = _triples(title)
            self._numbers[one.number] = _NUMBERS.findall(title)
            for piece in _pieces(title):
                self._pieces[piece].append(one)

    def find(self, one: Reference) -> tuple[int | None, DuplicateBy | None]:
        if one.doi in self._dois:
            return self._dois[one.doi], "doi"
        if one.pmid in self._pmids:
            return self._pmids[one.pmid], "pmid"
        title = plain(one.title)
        if title:
            for other in self._like(title):
                if _may_be_one(one, other):
                    return other.number, "title"
        return None, None

    def _like(self, title: str) -> Iterator[Reference]:
        yield from self._titles.get(title, ())
        if len(title) < _SHORT:
            return
        triples, numbers, tried = _triples(title), _NUMBERS.findall(title), set[int]()
        pieces = sorted(_pieces(title), key=lambda piece: len(self._pieces.get(piece, ())))
        for piece in pieces[:_RAREST]:
            # A piece that many share tells nothing, and would cost a look at each of them.
            for other in self._pieces.get(piece, ())[:_MOST_ALIKE]:
                # `Part I` and `Part II` are two.
                if other.number in tried or numbers != self._numbers[other.number]:
                    continue
                tried.add(other.number)
                theirs = self._triples[other.number]
                if len(triples & theirs) >= _ALIKE * len(triples | theirs):
                    yield other


def _may_be_one(one: Reference, other: Reference) -> bool:
    if one.doi and other.doi and one.pmid and other.pmid:
        return False
    if one.year and other.year and abs(one.year - other.year) > 1:
        return False
    if len(plain(one.title)) < _SHORT:
        return bool(one.year) and one.year == other.year and one.authors[:1] == other.authors[:1]
    return not (one.pmid and other.pmid)


def _triples(title: str) -> frozenset[str]:
    return frozenset(title[at : at + 3] for at in range(max(1, len(title) - 2)))


def _pieces(title: str) -> set[str]:
    """Return words, and for scripts without blanks pairs of characters."""
    words = set(title.split())
    long = [word for word in words if len(word) > _RAREST and not word.isascii()]
    return words | {word[at : at + 2] for word in long for at in range(len(word) - 1)}
