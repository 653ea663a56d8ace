"""Cells as the texts that people see."""

from __future__ import annotations

from datetime import datetime

from functions.worker.frames.frame import Cells
from shared.clean.values import EXACT_IN_JSON, json_value

_MIDNIGHT = datetime.min.time()


def shown(cells: Cells) -> list[str | None]:
    """Return each cell as text, odd ones as they stand in the source; None for a blank."""
    texts = [None if value is None else as_text(value) for value in cells.values.to_pylist()]
    if cells.odd is not None:
        odd = cells.odd.to_pylist()
        texts = [text if other is None else other for text, other in zip(texts, odd, strict=True)]
    return texts


def as_text(value: object) -> str:
    """Return a value the way it stands in a text column: shortest numbers, ISO dates."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) <= EXACT_IN_JSON:
            return str(int(value))
        case datetime() if value.time() == _MIDNIGHT:
            return value.date().isoformat()
    return str(json_value(value))
