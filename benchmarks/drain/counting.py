"""How many rows all processes of a copy of the code have parsed together."""

from __future__ import annotations

from pathlib import Path

# Blocks of a sheet are parsed ahead, and a job's progress says nothing of those that an end makes
# worthless. So whatever a process parses is counted where it does so.
_COUNTING = """

_read_uncounted = read_blocks


def read_blocks(*arguments):
    with open({file!r}, "a") as lines:
        lines.write("began\\n")
    found = _read_uncounted(*arguments)
    rows = (set().union(*(piece.row.tolist() for piece in block.pieces)) for block in found)
    with open({file!r}, "a") as lines:
        lines.write(str(sum(map(len, rows))) + "\\n")
    return found
"""


class Counted:
    """Makes the parser in `house` note what it parses of workbooks, block by block."""

    def __init__(self, house: Path) -> None:
        self._file = house / "parsed"
        with (house / "functions/worker/parse/xlsx/workbook.py").open("a") as reading:
            reading.write(_COUNTING.format(file=str(self._file)))

    def rows(self) -> int:
        """Return the rows; a block that was begun and not done counts as the largest one."""
        lines = self._file.read_text().split()
        done = [int(line) for line in lines if line != "began"]
        return sum(done) + (lines.count("began") - len(done)) * max(done)

    def begin_anew(self) -> None:
        """Forget what has been parsed so far."""
        self._file.unlink()
