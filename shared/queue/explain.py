"""Why a job waits."""

from __future__ import annotations

from datetime import UTC

from psycopg import Connection

from shared.queue.find import KnownJob
from shared.queue.long_lane import in_long_lane
from shared.queue.policy import Policy, policy_of
from shared.queue.position import MAX_POSITION, position

# What is left of the rate, as the next claim will count it; a queue that has none yet is full.
_RATE_SPENT = """
select tokens + %(rate)s * extract(epoch from clock_timestamp() - filled_at)
                         / extract(epoch from %(period)s::interval) < 1
  from queue.rate where queue = %(queue)s
"""

_RUNNING = """
select count(*), count(*) filter (where tenant = %(tenant)s)
  from queue.lease where queue = %(queue)s
"""


def why_waiting(conn: Connection, job: KnownJob) -> str | None:
    """Return the reason in one sentence, None for a job that runs or has ended."""
    if job.state not in ("waiting", "scheduled", "retrying"):
        return None
    policy = policy_of(conn, job.queue)
    if policy is None or policy.paused:
        return f"The queue {job.queue} is paused."
    if job.state == "scheduled":
        return f"It is to start at {_due(job)}."
    if job.state == "retrying":
        return f"Its last attempt failed; the next is at {_due(job)}."
    if in_long_lane(conn, job.id):
        return (
            "It would take longer than one drain lasts, so it waits for the long lane: "
            "python -m functions.worker --long."
        )
    return _limit_reached(conn, job, policy) or _behind(position(conn, job.id))


def _due(job: KnownJob) -> str:
    moment = None if job.due_at is None else job.due_at.astimezone(UTC)
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _behind(ahead: int) -> str:
    if ahead == 0:
        return "It is next: a worker takes it at its next look."
    if ahead == 1:
        return "One job goes before it."
    count = f"More than {MAX_POSITION}" if ahead > MAX_POSITION else str(ahead)
    return f"{count} jobs go before it."


def _jobs(count: int) -> str:
    return "1 job" if count == 1 else f"{count} jobs"


def _limit_reached(conn: Connection, job: KnownJob, policy: Policy) -> str | None:
    if not policy.capped:
        return None
    row = conn.execute(_RUNNING, {"queue": job.queue, "tenant": job.tenant}).fetchone()
    running, of_tenant = row or (0, 0)
    if policy.max_running is not None and running >= policy.max_running:
        return f"The queue runs {_jobs(running)} at once, which is its limit."
    if policy.max_running_per_tenant is not None and of_tenant >= policy.max_running_per_tenant:
        return f"The queue runs {_jobs(of_tenant)} of {job.tenant}, the limit for one tenant."
    if policy.rate is not None and _rate_is_spent(conn, policy):
        seconds = policy.rate_period.total_seconds()
        return f"The queue starts at most {_jobs(policy.rate)} in {seconds:g} s, and has done so."
    return None


def _rate_is_spent(conn: Connection, policy: Policy) -> bool:
    parameters = {"queue": policy.queue, "rate": policy.rate, "period": policy.rate_period}
    row = conn.execute(_RATE_SPENT, parameters).fetchone()
    return bool(row and row[0])
