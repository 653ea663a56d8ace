"""Work on the queues until they are empty or the time is up."""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import Literal

from functions.worker.attempt import Outcome, attempt
from functions.worker.registry import handler, queues
from functions.worker.sandbox import warm_up
from functions.worker.settings import WorkerSettings
from functions.worker.upkeep import Upkeep
from shared.db import transaction
from shared.model import Model
from shared.queue.claim import ClaimedJob, claim
from shared.queue.depth import depth

StoppedBecause = Literal["empty", "budget", "alreadyDraining"]

_LEAST_TIME_FOR_A_JOB = 1.0


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
        job = _next_job(settings, turns, sweep=sweep)
        if job is None:
            stopped_because = "empty"
            break
        outcomes[attempt(settings, job, deadline=deadline)] += 1
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


def _next_job(settings: WorkerSettings, turns: deque[str], *, sweep: bool) -> ClaimedJob | None:
    """Ask each queue once; the one that has a job goes to the end."""
    for _ in range(len(turns)):
        queue = turns[0]
        turns.rotate(-1)
        with transaction(settings.database) as conn:
            version = handler(queue).Payload.version
            claimed = claim(conn, queue, version=version, sweep=sweep)
        if claimed:
            return claimed[0]
    return None


def _remaining(settings: WorkerSettings) -> int:
    with transaction(settings.database) as conn:
        return depth(conn, queues())
