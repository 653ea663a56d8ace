"""Schedules as operators see them."""

from __future__ import annotations

from datetime import datetime

from shared.model import Model
from shared.queue.schedule import Missed


class Schedule(Model):
    """A cron line and the queue that it enqueues to."""

    name: str
    cron: str
    time_zone: str
    missed: Missed
    """What becomes of ticks that nobody was there for."""
    queue: str
    tenant: str
    paused: bool
    next_at: datetime


class ScheduleList(Model):
    """All schedules, by name."""

    schedules: list[Schedule]
