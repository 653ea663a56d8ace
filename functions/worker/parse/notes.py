"""What the file says of its cells besides their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict

from shared.clean.column import Column

_MOST = 0.5
"""A format is the column's when more than this share of its numbers has it."""


class Notes(BaseModel):
    """Columns go by their positions in the sheet."""

    model_config = ConfigDict(frozen=True)

    hidden_rows: int = 0
    uncached: dict[int, int] = {}
    """Formulas whose value the file does not hold."""
    formats: dict[int, dict[str, int]] = {}
    """How many numbers are shown by which format; "" is Excel's General."""

    def with_more(self, other: Notes) -> Self:
        """Add what has been noted of other rows."""
        formats = {column: Counter(counts) for column, counts in self.formats.items()}
        for column, counts in other.formats.items():
            formats.setdefault(column, Counter()).update(counts)
        return self.model_copy(
            update={
                "hidden_rows": self.hidden_rows + other.hidden_rows,
                "uncached": dict(Counter(self.uncached) + Counter(other.uncached)),
                "formats": {column: dict(counts) for column, counts in formats.items()},
            }
        )


NO_NOTES = Notes()


def with_notes(columns: Sequence[Column], positions: Sequence[int], notes: Notes) -> list[Column]:
    """Return the columns with what has been noted of each; `positions` are those in the sheet."""
    return [
        column.model_copy(
            update={
                "uncached": notes.uncached.get(position, 0),
                "format": _usual(notes.formats.get(position, {})),
            }
        )
        for column, position in zip(columns, positions, strict=True)
    ]


def _usual(formats: dict[str, int]) -> str | None:
    if not formats:
        return None
    code = max(formats, key=lambda each: formats[each])
    return code if code and formats[code] > _MOST * sum(formats.values()) else None
