"""How far one attempt came, from where to where in each of its phases."""

from __future__ import annotations

from shared.queue.progress import Progress


class Covered:
    """What a job told of its progress; as a text, one line for the log.

    What an attempt had done beyond its last checkpoint shows where the next one begins.
    """

    def __init__(self) -> None:
        self._phases: dict[str, tuple[int, int]] = {}

    def note(self, progress: Progress) -> None:
        """Take in where the job is now."""
        start, _ = self._phases.get(progress.phase, (progress.done, 0))
        self._phases[progress.phase] = start, progress.done

    def __str__(self) -> str:
        stretches = (f"{phase} {start} to {end}" for phase, (start, end) in self._phases.items())
        return ", ".join(stretches) or "nothing told"
