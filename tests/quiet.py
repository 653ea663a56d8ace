"""Databases in which nothing is enqueued but by the test."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg

from functions.worker.drains.schedules import declare_schedules


def keep_quiet(database_url: str) -> None:
    """Pause what the clock would enqueue, so that a test can count the jobs."""
    with psycopg.connect(database_url) as conn:
        declare_schedules(conn, datetime.now(UTC))
        conn.execute("update queue.schedule set paused = true")
