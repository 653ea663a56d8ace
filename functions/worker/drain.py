"""Work on the queues until they are empty or the time is up."""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import Literal

from functions.worker.attempt import attempt
from functions.worker.ending import Outcome
from functions.worker.registry import is_sql, queues, version
from functions.worker.sandbox import warm_up
from functions.worker.settings import WorkerSettings
from functions.worker.sql_batch import work_on
from functions.worker.upkeep import Upkeep
from shared.db import transaction
from shared.model import Model
from shared.queue.claim import ClaimedJob, claim
from shared.queue.depth import depth

StoppedBecause = Literal["empty", "budget", "alreadyDraining"]

_LEAST_TIME_FOR_A_JOB = 1.0
_SQL_JOBS_AT_ONCE = 500
"""Beyond this, a bigger batch gains nothing."""


class Drained(Model):
    """What a drain did; `remaining` counts the jobs that could be claimed at its end."""

    claimed: int = 0
    completed: int = 0
    retried: int = 0
    released: int = 0
    buried: int = 0
    cancelled: int = 0
    lost: int = 0
    """Jobs whose lease another worker had taken over before they ended here."""
    remaining: int = 0
    elapsed_seconds: float = 0.0
    stopped_because: StoppedBecause = "empty"


def drain(settings: WorkerSettings) -> Drained:
    """Claim and run jobs one after the other, queue by queue in turn, within the budget.

    Raises psycopg.OperationalError when the database does not answer; leases then expire and the
    next drain takes over.
    """
    started = time.monotonic()
    warm_up()
    deadline = started + settings.worker_budget_seconds
    outcomes: Counter[Outcome] = Counter()
    upkeep = Upkeep(settings)
    stopped_because: StoppedBecause = "budget"
    turns = deque(queues())
    while deadline - time.monotonic() > _LEAST_TIME_FOR_A_JOB:
        sweep = upkeep.due()
        if sweep:
            upkeep.run()
        jobs = _next_jobs(settings, turns, sweep=sweep)
        if not jobs:
            stopped_because = "empty"
            break
        if is_sql(jobs[0].queue):
            outcomes += work_on(settings, jobs)
        else:
            outcomes[attempt(settings, jobs[0], deadline=deadline)] += 1
    return Drained(
        claimed=outcomes.total(),
        completed=outcomes["completed"],
        retried=outcomes["retried"],
        released=outcomes["released"],
        buried=outcomes["buried"] + upkeep.buried,
        cancelled=outcomes["cancelled"],
        lost=outcomes["lost"],
        remaining=_remaining(settings),
        elapsed_seconds=round(time.monotonic() - started, 3),
        stopped_because=stopped_because,
    )


def _next_jobs(settings: WorkerSettings, turns: deque[str], *, sweep: bool) -> list[ClaimedJob]:
    """Ask each queue once; the one that has jobs goes to the end."""
    for _ in range(len(turns)):
        queue = turns[0]
        turns.rotate(-1)
        limit = _SQL_JOBS_AT_ONCE if is_sql(queue) else 1
        with transaction(settings.database) as conn:
            claimed = claim(conn, queue, limit=limit, version=version(queue), sweep=sweep)
        if claimed:
            return claimed
    return []


def _remaining(settings: WorkerSettings) -> int:
    with transaction(settings.database) as conn:
        return depth(conn, queues())
