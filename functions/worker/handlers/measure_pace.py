"""How long the jobs of each queue take, measured anew; until then what is known is only older."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.regularly import Regularly
from shared.jobs.measure_pace import MeasurePace
from shared.queue.pace import measure_pace
from shared.queue.policy import policies

__all__ = ["SCHEDULE", "Payload", "work"]

Payload = MeasurePace
SCHEDULE = Regularly("maintain-pace", "*/10 * * * *", Payload())


def work(conn: Connection, _payload: MeasurePace) -> None:
    """Measure every queue that there ever was a job in."""
    for policy in policies(conn):
        measure_pace(conn, policy.queue)
