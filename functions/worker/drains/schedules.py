"""The schedules of the kinds that run by the clock."""

from __future__ import annotations

from datetime import datetime

from psycopg import Connection

from functions.worker.registry import queues, schedule_of
from functions.worker.regularly import MAINTENANCE
from shared.queue.schedule import put_schedule, schedules


def declare_schedules(conn: Connection, now: datetime) -> None:
    """Create those that are not there; one that an operator has paused or changed stays so.

    The worker does it and not a migration, so that nothing is enqueued that no worker can do.
    """
    present = {schedule.name for schedule in schedules(conn)}
    for queue in queues():
        schedule = schedule_of(queue)
        if schedule is not None and schedule.name not in present:
            put_schedule(
                conn,
                schedule.name,
                schedule.cron,
                schedule.payload,
                tenant=MAINTENANCE,
                now=now,
                alone=True,
                if_absent=True,
            )
