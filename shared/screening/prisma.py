"""The counts of a PRISMA 2020 flow, and its picture."""

from __future__ import annotations

from html import escape

from shared.model import Model

_WIDTH, _BOX, _GAP, _LINE = 760, 300, 40, 18
_LEFT, _RIGHT = 40, 420


class Prisma(Model):
    """How many records were left at each step; reports are full texts."""

    identified: int
    duplicates_removed: int
    screened: int
    excluded: int
    """By title and abstract, by people or by agreement of the models."""
    awaiting: int
    """Not decided yet: conflicts, or records that are still to be judged."""
    sought: int
    """Included by title and abstract: their full texts are to be read."""
    awaiting_full_text: int
    excluded_full_text: int
    reasons: dict[str, int]
    """Why full texts were excluded."""
    included: int


def picture(counts: Prisma) -> str:
    """Return the flow as SVG, with a text for those who cannot see it."""
    reasons = [f"{reason} (n = {count})" for reason, count in counts.reasons.items()]
    rows = [
        (
            ["Records identified", f"(n = {counts.identified})"],
            ["Duplicate records removed", f"(n = {counts.duplicates_removed})"],
        ),
        (
            ["Records screened", f"(n = {counts.screened})"],
            [
                "Records excluded",
                f"(n = {counts.excluded})",
                *([f"Not decided yet (n = {counts.awaiting})"] if counts.awaiting else []),
            ],
        ),
        (
            ["Reports assessed for eligibility", f"(n = {counts.sought})"],
            [
                "Reports excluded",
                f"(n = {counts.excluded_full_text})",
                *reasons,
                *(
                    [f"Not decided yet (n = {counts.awaiting_full_text})"]
                    if counts.awaiting_full_text
                    else []
                ),
            ],
        ),
        (["Studies included in review", f"(n = {counts.included})"], []),
    ]
    return _svg(rows, _spoken(counts))


def _svg(rows: list[tuple[list[str], list[str]]], spoken: str) -> str:
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
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img" '
        f'aria-label="{escape(spoken)}" font-family="sans-serif" font-size="14">'
        '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
        '<path d="M0 0 8 4 0 8z"/></marker></defs>'
        f'<rect width="{_WIDTH}" height="{top}" fill="#fff"/>{"".join(parts)}</svg>'
    )


def _box(x: float, y: float, height: float, lines: list[str]) -> str:
    texts = "".join(
        f'<text x="{x + 12}" y="{y + 26 + number * _LINE}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<rect x="{x}" y="{y}" width="{_BOX}" height="{height}" fill="none" stroke="#333"/>{texts}'
    )


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1} {y1}L{x2} {y2}" stroke="#333" marker-end="url(#tip)"/>'


def _spoken(counts: Prisma) -> str:
    return (
        f"PRISMA 2020 flow: {counts.identified} identified, "
        f"{counts.duplicates_removed} duplicates, {counts.screened} screened, "
        f"{counts.excluded} excluded, {counts.sought} assessed, "
        f"{counts.included} included"
    )
