"""Which of many jobs and subjects somebody still works on, or will."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from shared.queue._plan import by_index

_JOBS = "select id from queue.job where id = any(%s)"

_SUBJECTS = "select distinct subject from queue.job where subject = any(%s)"


def unended_jobs(conn: Connection, job_ids: Sequence[int]) -> set[int]:
    """Return those of the jobs that wait, are delayed, or run."""
    with by_index(conn):
        return {row[0] for row in conn.execute(_JOBS, [list(job_ids)])}


def with_unended_jobs(conn: Connection, subjects: Sequence[str]) -> set[str]:
    """Return those of the subjects that have a job that waits, is delayed, or runs."""
    with by_index(conn):
        return {row[0] for row in conn.execute(_SUBJECTS, [list(subjects)])}
