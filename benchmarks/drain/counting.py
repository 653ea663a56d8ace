"""How many rows all processes of a copy of the code have parsed together."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

# What is parsed ahead may be made worthless by an end, and a job's progress says nothing of it. So
# whatever a process parses is counted where it does so.
_COUNTING = """

_uncounted = {function}


def {function}(*arguments):
    with open({file!r}, "a") as lines:
        lines.write("began\\n")
    found = _uncounted(*arguments)
    with open({file!r}, "a") as lines:
        lines.write(str({rows}) + "\\n")
    return found
"""


class Place(NamedTuple):
    """Where the parser reads some rows at a time: the module, the function, rows in its result."""

    module: str
    function: str
    rows: str


SLICES = Place("reading", "_stage", "sum(one.table.num_rows for one in found)")
"""Of whatever is not a workbook in XML."""
BLOCKS = Place(
    "xlsx/workbook",
    "read_blocks",
    "sum(len(set().union(*(one.row.tolist() for one in block.pieces))) for block in found)",
)
"""Of a workbook in XML; those that are looked at for the header count once more."""


class Counted:
    """Makes the parser in `house` note what it parses."""

    def __init__(self, house: Path, place: Place) -> None:
        self._file = house / "parsed"
        counting = _COUNTING.format(file=str(self._file), function=place.function, rows=place.rows)
        with (house / f"functions/worker/parse/{place.module}.py").open("a") as module:
            module.write(counting)

    def rows(self) -> int:
        """Return the rows; what was begun and not done counts as the largest that was."""
        lines = self._file.read_text().split()
        done = [int(line) for line in lines if line != "began"]
        return sum(done) + (lines.count("began") - len(done)) * max(done)

    def begin_anew(self) -> None:
        """Forget what has been parsed so far."""
        self._file.unlink()
