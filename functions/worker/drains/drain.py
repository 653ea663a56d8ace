"""Work on the queues until they are empty or the time is up."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from functions.worker.attempts.ending import Outcome
from functions.worker.children.nursery import nursery
from functions.worker.deadline import Deadline
from functions.worker.drains.bell import Bell
from functions.worker.drains.crew import Crew
from functions.worker.drains.slot import LEAST_SECONDS, Slot
from functions.worker.drains.upkeep import Upkeep
from functions.worker.registry import queues
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.model import Model
from shared.queue.depth import depth

StoppedBecause = Literal["empty", "budget", "stopping", "alreadyDraining"]

_CLOSING_SECONDS = 0.2
"""Before the budget ends, children are asked to stop."""


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
    set_aside: int = 0
    """Jobs that no drain is long enough for: they wait in the long lane."""
    remaining: int = 0
    elapsed_seconds: float = 0.0
    stopped_because: StoppedBecause = "empty"

    def __add__(self, later: Drained) -> Drained:
        """Return what two drains did, one after the other."""
        sums = {name: getattr(self, name) + getattr(later, name) for name in _SUMMED}
        return later.model_copy(update=sums)


_SUMMED = [*Drained.model_fields]
_SUMMED.remove("remaining")
_SUMMED.remove("stopped_because")


def drain(
    settings: WorkerSettings, *, budget: float | None = None, bell: Bell | None = None
) -> Drained:
    """Claim and run jobs in as many slots as the settings say, for `budget` seconds at the most.

    Ringing the `bell` makes slots that rest look for work. Raises psycopg.OperationalError when the
    database does not answer; leases then expire and the next drain takes over.
    """
    started = time.monotonic()
    bell = bell or Bell()
    seconds = budget or settings.worker_budget_seconds
    deadline = Deadline(seconds - _CLOSING_SECONDS)
    outcomes: Counter[Outcome] = Counter()
    buried, remaining = 0, 0
    # Whoever saw this drain in the register asked for no other one. So once it has left, and has
    # waited for its children to end, it looks again.
    while True:
        with nursery(settings), Upkeep(settings, bell, seconds=seconds) as upkeep:
            done = _work(settings, upkeep, bell, deadline)
        outcomes += done
        buried += upkeep.buried
        bell.heed()
        remaining = _remaining(settings)
        if not done or not remaining or deadline.left() <= LEAST_SECONDS:
            break
    return Drained(
        claimed=outcomes.total(),
        completed=outcomes["completed"],
        retried=outcomes["retried"],
        released=outcomes["released"],
        buried=outcomes["buried"] + buried,
        cancelled=outcomes["cancelled"],
        lost=outcomes["lost"],
        set_aside=outcomes["setAside"],
        remaining=remaining,
        elapsed_seconds=round(time.monotonic() - started, 3),
        stopped_because=_why(deadline),
    )


def _work(
    settings: WorkerSettings, upkeep: Upkeep, bell: Bell, deadline: Deadline
) -> Counter[Outcome]:
    """Let every slot work until nothing is left for any."""
    crew = Crew(settings.worker_slots, bell, deadline, linger=settings.worker_linger)
    slots = [Slot(settings, upkeep, crew, deadline) for _ in range(settings.worker_slots)]
    with ThreadPoolExecutor(len(slots), thread_name_prefix="slot") as threads:
        running = [threads.submit(slot.run) for slot in slots]
    return sum((slot.result() for slot in running), Counter[Outcome]())


def _remaining(settings: WorkerSettings) -> int:
    with transaction(settings.database) as conn:
        return depth(conn, queues())


def _why(deadline: Deadline) -> StoppedBecause:
    if deadline.stopping:
        return "stopping"
    return "empty" if deadline.left() > LEAST_SECONDS else "budget"
