"""What the functions have promised to do."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

End = Literal["ready", "error", "either"]


@dataclass(frozen=True, slots=True)
class Task:
    """One that was answered 202, and how it must end; `ready` may come to nothing all the same."""

    what: str
    branch: str
    owner: str
    record_id: str
    job_id: int
    end: End
    rows: int | None = None
    """Of a sheet; None when nothing is known of it."""

    @property
    def path(self) -> str:
        """The record's address."""
        return f"/api/v1/{self.branch}/tasks/{self.record_id}"


@dataclass
class Accepted:
    """Collects from several threads what was accepted."""

    tasks: list[Task] = field(default_factory=list)
    tallies: dict[str, bool] = field(default_factory=dict)
    """Names of SQL jobs whose commit was answered; True for those that must fail."""
    refused: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    """Requests by their answer."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, task: Task) -> None:
        """Note a task."""
        with self._lock:
            self.tasks.append(task)

    def tally(self, names: dict[str, bool]) -> None:
        """Note SQL jobs."""
        with self._lock:
            self.tallies |= names

    def tried(self, answer: str) -> None:
        """Count a request."""
        with self._lock:
            self.tries[answer] += 1

    def refuse(self, why: str) -> None:
        """Count what the functions would not take."""
        with self._lock:
            self.refused[why] += 1

    def known(self) -> list[Task]:
        """Return those that there are by now."""
        with self._lock:
            return list(self.tasks)
