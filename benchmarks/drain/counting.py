"""How many rows all processes of a copy of the code have parsed together."""

from __future__ import annotations

from pathlib import Path

# Slices of a sheet are parsed ahead, and a job's progress says nothing of those that an end makes
# worthless. So whatever a process parses is counted where it does so.
_COUNTING = """

_stage_uncounted = _stage


def _stage(read):
    with open({file!r}, "a") as lines:
        lines.write("began\\n")
    found = _stage_uncounted(read)
    with open({file!r}, "a") as lines:
        lines.write(str(sum(one.table.num_rows for one in found)) + "\\n")
    return found
"""


class Counted:
    """Makes the parser in `house` note what it parses, slice by slice."""

    def __init__(self, house: Path) -> None:
        self._file = house / "parsed"
        with (house / "functions/worker/parse/reading.py").open("a") as reading:
            reading.write(_COUNTING.format(file=str(self._file)))

    def rows(self) -> int:
        """Return the rows; a slice that was begun and not done counts as the largest one."""
        lines = self._file.read_text().split()
        done = [int(line) for line in lines if line != "began"]
        return sum(done) + (lines.count("began") - len(done)) * max(done)

    def begin_anew(self) -> None:
        """Forget what has been parsed so far."""
        self._file.unlink()
