"""What a block says of its cells besides their values."""

from __future__ import annotations

import numpy as np

from functions.worker.parse.notes import NO_NOTES, Notes
from functions.worker.parse.xlsx.cellkinds import Meaning, Source
from functions.worker.parse.xlsx.styles import Styles
from functions.worker.parse.xlsx.tokens import Tokens

_MOST_PAIRS = 1 << 20
"""Of formats and columns; a sheet with more of both is not looked at."""


def notes_on(tokens: Tokens, meaning: Meaning, styles: Styles, start: int) -> Notes:
    """Return the notes on the rows from position `start` on; the cells are those already."""
    rows, columns = tokens.uncached
    found, counts = np.unique(columns[rows >= start], return_counts=True)
    notes = Notes(
        hidden_rows=int((tokens.hidden >= start).sum()),
        uncached=dict(zip(found.tolist(), counts.tolist(), strict=True)),
        formats=_formats(tokens, meaning, styles),
    )
    return NO_NOTES if notes == NO_NOTES else notes


def _formats(tokens: Tokens, meaning: Meaning, styles: Styles) -> dict[int, dict[str, int]]:
    """Count the number formats of each column's plain numbers."""
    width = int(tokens.column.max()) + 1 if len(tokens.column) else 0
    plain = meaning.source == Source.NUMBER
    if not width or not plain.any() or width * len(plain) > _MOST_PAIRS:
        return {}
    pairs = np.bincount(
        tokens.code.astype(np.int64) * width + tokens.column, minlength=width * len(plain)
    )
    found: dict[int, dict[str, int]] = {}
    for code, column in zip(*np.nonzero(pairs.reshape(-1, width)), strict=True):
        if plain[code]:
            style = int(meaning.style[code])
            shown = styles.codes[style] if style < len(styles.codes) else ""
            counts = found.setdefault(int(column), {})
            counts[shown] = counts.get(shown, 0) + int(pairs[code * width + column])
    return found
