"""What a job may cost to be claimed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    """The most that a job may cost to be done in the time that is left (`now`).

    One that costs more than `never` would not be done in any drain.
    """

    now: float
    never: float
