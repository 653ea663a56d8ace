"""How long each claim of a worker has taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Claims are timed where the worker makes them, since each is only a part of its transaction.
_TIMING = """

import time as _time

_NOTES = open({file!r}, "a", buffering=1)


def _timed(verb, untimed):
    def do(conn, queue, *, sweep=False, **options):
        began = _time.perf_counter()
        found = untimed(conn, queue, sweep=sweep, **options)
        milliseconds = 1000 * (_time.perf_counter() - began)
        _NOTES.write(f"{{verb}} {{queue}} {{int(sweep)}} {{len(found)}} {{milliseconds}}\\n")
        return found

    return do


"""
_CLAIM = 'claim = _timed("claim", claim)\n'
_TAKE = 'take = _timed("take", take)\n'


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim by lease, or one taking of a batch; `sweep` ones begin below the mark."""

    verb: str
    queue: str
    sweep: bool
    jobs: int
    milliseconds: float


class Noted:
    """Makes the worker in `house` note its claims, in the order in which they end."""

    def __init__(self, house: Path) -> None:
        self._file = house / "claims"
        self._read = 0
        worker = house / "functions" / "worker"
        for module, verbs in (
            (worker / "drains" / "slot.py", _CLAIM),
            (worker / "attempts" / "sql_batch.py", _CLAIM + _TAKE),
        ):
            code = module.read_text() + _TIMING.format(file=str(self._file)) + verbs
            module.write_text(code)

    def since_last(self) -> list[Claim]:
        """Return the claims since this was last asked; call it between drains."""
        lines = self._file.read_text().splitlines()
        new, self._read = lines[self._read :], len(lines)
        return [_claim(*line.split()) for line in new]


def _claim(verb: str, queue: str, sweep: str, jobs: str, milliseconds: str) -> Claim:
    return Claim(verb, queue, sweep == "1", int(jobs), float(milliseconds))
