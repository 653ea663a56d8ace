"""What a handler says, as its SCHEDULE, to have jobs of its kind enqueued by the clock."""

from __future__ import annotations

from typing import NamedTuple

from shared.queue.payload import Payload

MAINTENANCE = "maintenance"
"""The tenant of what no user has asked for."""


class Regularly(NamedTuple):
    """One job at each tick, unless the last one still waits or runs."""

    name: str
    """As operators see it."""
    cron: str
    """In UTC."""
    payload: Payload
