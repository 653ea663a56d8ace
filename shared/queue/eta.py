"""How long a job should still take."""

from __future__ import annotations

from datetime import UTC, datetime

from psycopg import Connection

from shared.queue.find import KnownJob
from shared.queue.pace import Pace, pace_of
from shared.queue.policy import Policy, policy_of
from shared.queue.position import MAX_POSITION

_RUNNING = "select count(*) from queue.lease where queue = %s"


def eta_seconds(conn: Connection, job: KnownJob, *, ahead: int | None) -> float | None:
    """Return the seconds until it has run, None where nothing tells: better silent than wrong.

    A running job goes by its own pace since the claim and, before it has one, by what its queue's
    jobs of such a cost take. A waiting one, with `ahead` jobs before it, goes by its queue's pace.
    """
    if job.state == "running":
        return _of_running(conn, job)
    if job.state == "waiting" and ahead is not None and ahead <= MAX_POSITION:
        return _of_waiting(conn, job, ahead)
    return None


def _of_running(conn: Connection, job: KnownJob) -> float | None:
    if job.started_at is None:
        return None
    elapsed = (datetime.now(UTC) - job.started_at).total_seconds()
    done_now = (job.done or 0) - (job.done_at_claim or 0)
    if job.total and job.done is not None and done_now > 0:
        return round(elapsed * max(0, job.total - job.done) / done_now, 1)
    pace = pace_of(conn, job.queue)
    left = 0.0 if pace is None else pace.expected_seconds(job.cost) - elapsed
    return round(left, 1) if left > 0 else None


def _of_waiting(conn: Connection, job: KnownJob, ahead: int) -> float | None:
    pace, policy = pace_of(conn, job.queue), policy_of(conn, job.queue)
    if pace is None or policy is None or policy.paused:
        return None
    return round(_turn_comes_in(conn, pace, policy, ahead) + pace.expected_seconds(job.cost), 1)


def _turn_comes_in(conn: Connection, pace: Pace, policy: Policy, ahead: int) -> float:
    # Each of those before it counts as one of middling length, and as many as run now are taken to
    # run at once. To sum up what each of them costs would read them all.
    row = conn.execute(_RUNNING, [policy.queue]).fetchone()
    by_pace = ahead * pace.seconds_p50 / max(1, int(row[0]) if row else 0)
    if policy.rate is None:
        return by_pace
    return max(by_pace, ahead * policy.rate_period.total_seconds() / policy.rate)
