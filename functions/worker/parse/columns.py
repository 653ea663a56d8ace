"""The columns of the clean data, decided once all cells have been counted."""

from __future__ import annotations

from collections.abc import Mapping

from functions.worker.parse.cast import Target
from functions.worker.parse.kinds import Kind
from functions.worker.parse.names import unique_names
from functions.worker.parse.types import Tally, Typing, choose_type
from shared.clean.column import Column


def decide_columns(
    labels: Mapping[int, str], tallies: Mapping[int, Tally], rows: int
) -> tuple[list[Column], list[Target]]:
    """Return each column that has a label or a value, and how its cells are to be cast."""
    positions = sorted({*labels, *tallies})
    names = unique_names((position, labels.get(position, "")) for position in positions)
    targets = [Target(position, choose_type(tallies.get(position, {}))) for position in positions]
    columns = [
        _column(name, target.typing, tallies.get(target.position, {}), rows)
        for name, target in zip(names, targets, strict=True)
    ]
    return columns, targets


def _column(name: str, typing: Typing, tally: Tally, rows: int) -> Column:
    filled = sum(tally.values())
    typed = [kind for kind in typing.fits if kind.startswith("typed_")]
    return Column(
        name=name,
        type=typing.type,
        blanks=rows - filled,
        errors=tally.get(Kind.ERROR, 0),
        odd=filled - typing.count(tally),
        from_text=0 if typing.type == "text" else sum(tally.get(kind, 0) for kind in typed),
    )
