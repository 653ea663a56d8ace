"""A job that a worker holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Held:
    """The job and the fence under which it is held: together they open every later write."""

    id: int
    fence: int
