"""Texts in Chinese and English cut into words, for models that count them."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*|[\u3400-\u9fff]+|[^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?。！？；;\n]+(?:[.!?](?=\d)[^.!?。！？；;\n]*)*[.!?。！？；;]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "es", "ed", "s")
_SHORTEST = 4
# fmt: off
_STOP = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "did", "do",
        "does", "for", "from", "had", "has", "have", "in", "into", "is", "it", "its", "may",
        "more", "most", "no", "not", "of", "on", "or", "our", "such", "than", "that", "the",
        "their", "then", "there", "these", "they", "this", "those", "to", "was", "we", "were",
        "what", "when", "which", "who", "with", "within", "without", "would", "的", "了", "和",
        "与", "及", "在", "是", "对", "中", "为",
    }
)
# fmt: on


def words(text: str) -> list[str]:
    """Return the words in lower case, without their endings; Chinese as pairs of characters."""
    found = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        if _HAN.match(word):
            found += [word[at : at + 2] for at in range(len(word) - 1)] or [word]
        elif word not in _STOP and len(word) > 1:
            found.append(_stem(word))
    return found


def characters(text: str) -> list[str]:
    """Return the Chinese characters, one by one: each says something by itself."""
    return _HAN.findall(text)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence starts and ends, without the blanks around it."""
    spans = []
    for match in _SENTENCE.finditer(text):
        piece = match[0]
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.start() + len(piece.rstrip())
        if end > start:
            spans.append((start, end))
    return spans


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
