"""The flow of PRISMA 2020 as a picture: in Chinese or English, on light or dark ground."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Literal, NamedTuple
from unicodedata import east_asian_width

from shared.screening.prisma import NO_REASON, Prisma

Language = Literal["en", "zh"]

_WIDTH, _BOX, _GAP, _LINE = 760, 300, 40, 18
_LEFT, _RIGHT = 40, 420
_HALF_WIDTHS = 38
"""That a line of a box holds; a Chinese character takes two."""

_STYLE = (
    ".ground{fill:#fff}.box,.way{fill:none;stroke:#333}.tip{fill:#333}text{fill:#1a1c1e}"
    "@media screen and (prefers-color-scheme:dark){.ground{fill:#1c1e21}"
    ".box,.way{stroke:#a0a4a8}.tip{fill:#a0a4a8}text{fill:#e8e8e4}}"
)
POLICY = (
    "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-"
    + b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'"
)
"""The Content-Security-Policy under which the picture has its own style and nothing else."""


class Words(NamedTuple):
    """What stands in the boxes, and what is read out to those who cannot see them."""

    language: str
    identified: str
    duplicates: str
    screened: str
    excluded: str
    awaiting: str
    assessed: str
    excluded_full_text: str
    included: str
    no_reason: str
    spoken: str


_WORDS: dict[Language, Words] = {
    "en": Words(
        language="en",
        identified="Records identified",
        duplicates="Duplicate records removed",
        screened="Records screened",
        excluded="Records excluded",
        awaiting="Not decided yet",
        assessed="Reports assessed for eligibility",
        excluded_full_text="Reports excluded",
        included="Studies included in review",
        no_reason=NO_REASON,
        spoken="PRISMA 2020 flow: {identified} identified, {duplicates_removed} duplicates, "
        "{screened} screened, {excluded} excluded, {sought} assessed, {included} included",
    ),
    "zh": Words(
        language="zh-CN",
        identified="检索到的文献",
        duplicates="去除的重复文献",
        screened="筛选的文献",
        excluded="排除的文献",
        awaiting="尚未决定",
        assessed="评估全文的文献",
        excluded_full_text="排除的全文",
        included="纳入综述的研究",
        no_reason="未说明原因",
        spoken="PRISMA 2020 流程图:检索到 {identified} 篇,去除重复 {duplicates_removed} 篇,筛选 "
        "{screened} 篇,排除 {excluded} 篇,评估全文 {sought} 篇,纳入研究 {included} 项",
    ),
}


def picture(counts: Prisma, language: Language) -> str:
    """Return the flow as SVG."""
    words = _WORDS[language]
    reasons = (
        _counted(words.no_reason if reason == NO_REASON else reason, count)
        for reason, count in counts.reasons.items()
    )
    rows = [
        (
            [words.identified, _n(counts.identified)],
            [words.duplicates, _n(counts.duplicates_removed)],
        ),
        (
            [words.screened, _n(counts.screened)],
            [words.excluded, _n(counts.excluded), *_if_any(words.awaiting, counts.awaiting)],
        ),
        (
            [words.assessed, _n(counts.sought)],
            [
                words.excluded_full_text,
                _n(counts.excluded_full_text),
                *(line for reason in reasons for line in _lines(reason)),
                *_if_any(words.awaiting, counts.awaiting_full_text),
            ],
        ),
        ([words.included, _n(counts.included)], []),
    ]
    return _svg(rows, words.language, words.spoken.format(**counts.model_dump()))


def _n(count: int) -> str:
    return f"(n = {count})"


def _counted(name: str, count: int) -> str:
    return f"{name} {_n(count)}"


def _if_any(name: str, count: int) -> list[str]:
    return [_counted(name, count)] if count else []


def _lines(text: str) -> Iterator[str]:
    """Yield the text in pieces that fit into a box, broken at a space where there is one."""
    while len(text) > (room := _room(text)):
        at = text.rfind(" ", 1, room + 1)
        at = room if at < 0 else at
        yield text[:at]
        text = text[at:].lstrip()
    yield text


def _room(text: str) -> int:
    """Return how many of its first characters fit into a line."""
    taken = 0
    for place, character in enumerate(text):
        taken += 2 if east_asian_width(character) in "WF" else 1
        if taken > _HALF_WIDTHS:
            return place
    return len(text)


def _svg(rows: list[tuple[list[str], list[str]]], language: str, spoken: str) -> str:
    parts: list[str] = []
    top = 20
    for number, (left, right) in enumerate(rows):
        height = _LINE * max(len(left), len(right)) + 24
        parts.append(_box(_LEFT, top, height, left))
        if right:
            parts.append(_box(_RIGHT, top, height, right))
            parts.append(_arrow(_LEFT + _BOX, top + height / 2, _RIGHT, top + height / 2))
        if number + 1 < len(rows):
            middle = _LEFT + _BOX / 2
            parts.append(_arrow(middle, top + height, middle, top + height + _GAP))
        top += height + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" '
        f'width="{_WIDTH}" height="{top}" role="img" xml:lang="{language}" '
        f'aria-label="{escape(spoken)}" font-family="sans-serif" font-size="14">'
        f"<style>{_STYLE}</style>"
        '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
        '<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>'
        f'<rect class="ground" width="{_WIDTH}" height="{top}"/>{"".join(parts)}</svg>'
    )


def _box(x: float, y: float, height: float, lines: list[str]) -> str:
    texts = "".join(
        f'<text x="{x + 12}" y="{y + 26 + number * _LINE}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return f'<rect class="box" x="{x}" y="{y}" width="{_BOX}" height="{height}"/>{texts}'


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path class="way" d="M{x1} {y1}L{x2} {y2}" marker-end="url(#tip)"/>'
