"""What the queue should do, written down a second time and plainly: in memory, one step at a time.

It knows nothing of tables. Where the queue may choose (which of several equal jobs), the caller
tells it the choice and it checks that the choice was allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

UNIT = 1_000_000
HEAD_START = 100 * UNIT
LAG = 100 * UNIT
URGENT_STEP = UNIT // 100


@dataclass
class Job:
    """A job; `locked` while another open transaction has changed it."""

    id: int
    tenant: str
    priority: int = 0
    cost: float = 1.0
    max_attempts: int = 3
    subject: str | None = None
    version: int = 1
    key: str | None = None
    frees_key: bool = False
    batch: int | None = None
    state: str = "waiting"
    due: bool = True
    turn: int | None = None
    tag: int | None = None
    attempts: int = 0
    fence: int | None = None
    last_fence: int = 0
    done: int | None = None
    done_at_claim: int = 0
    cancel: bool = False
    expired: bool = False
    locked: bool = False


@dataclass
class Batch:
    """A batch's counts; `follows`: whether its continuation is still to come."""

    fail_fast: bool
    pending: int
    failed: int = 0
    follows: bool = True
    ended: bool = False


@dataclass
class Limits:
    """The limits of the queue; None is none."""

    paused: bool = False
    max_running: int | None = None
    max_running_per_tenant: int | None = None
    rate: int | None = None

    @property
    def capped(self) -> bool:
        """Whether claims go one at a time."""
        return any((self.max_running, self.max_running_per_tenant, self.rate))


@dataclass
class QueueModel:
    """One queue, as everybody sees it who looks after the last commit."""

    jobs: dict[int, Job] = field(default_factory=dict)
    batches: dict[int, Batch] = field(default_factory=dict)
    keys: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Key to its holder, and until when: `end`, `later` or `past`."""
    weights: dict[str, int] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    clock: int = 0
    tokens: float | None = None
    continuations: int = 0
    completed: set[int] = field(default_factory=set)
    granted: set[int] = field(default_factory=set)
    """All fences there ever were."""

    def in_state(self, state: str) -> list[Job]:
        """Return the jobs in a state, by id."""
        return sorted((job for job in self.jobs.values() if job.state == state), key=_id)

    # Places in the line

    def place(self, job: Job) -> None:
        """Give a new job its place, and let it wait."""
        job.turn = self._last_turn(job.tenant) + self._step(job.tenant, job.cost)
        job.tag = max(self.clock, job.turn + job.priority * HEAD_START)
        job.state = "waiting"

    def promote(self) -> None:
        """Let in what was delayed and is due."""
        due = [job for job in self.in_state("delayed") if job.due and not job.locked]
        last = {job.tenant: self._last_turn(job.tenant) for job in due}
        costs = dict.fromkeys(last, 0.0)
        for job in due:
            costs[job.tenant] += job.cost
            job.turn = last[job.tenant] + self._step(job.tenant, costs[job.tenant])
            job.tag = max(self.clock, job.turn + job.priority * HEAD_START)
            if job.attempts > 0:
                job.turn = job.tag = self.clock
        for job in due:
            job.state = "waiting"

    def _last_turn(self, tenant: str) -> int:
        turns = [job.turn or 0 for job in self.in_state("waiting") if job.tenant == tenant]
        return max(self.clock, *turns, 0)

    def _step(self, tenant: str, cost: float) -> int:
        return round(cost * UNIT / self.weights.get(tenant, 1))

    # Claims

    def claimable(self) -> list[Job]:
        """Return what a claim may take, in the line's order."""
        free = [job for job in self.in_state("waiting") if not job.locked and job.version == 1]
        return sorted(free, key=lambda job: (job.tag, job.id))

    def room(self, limit: int) -> int:
        """Return how many jobs the queue's own limits let start."""
        running = len(self.in_state("running"))
        if self.limits.max_running is not None:
            limit = min(limit, self.limits.max_running - running)
        if self.limits.rate is not None:
            limit = min(limit, int(self._tokens() + 1e-6))
        return max(limit, 0)

    def rooms(self) -> dict[str, int]:
        """Return how many jobs each tenant's limit lets start."""
        cap = self.limits.max_running_per_tenant
        running = [job.tenant for job in self.in_state("running")]
        tenants = {job.tenant for job in self.jobs.values()}
        return {
            name: len(self.jobs) if cap is None else cap - running.count(name) for name in tenants
        }

    def flat(self, limit: int, *, sweep: bool) -> list[Job]:
        """Return what a claim without limits takes, and move the virtual time on."""
        if sweep:
            self.promote()
        first = self._first(limit, sweep=sweep, but=[])
        if len(first) == limit or sweep:
            return first
        self.promote()
        return first + self._first(limit - len(first), sweep=True, but=first)

    def take(self, limit: int, *, sweep: bool) -> list[Job]:
        """Return what is taken without a lease, and move the virtual time on."""
        if sweep:
            self.promote()
        return self._first(limit, sweep=sweep, but=[])

    def _first(self, limit: int, *, sweep: bool, but: list[Job]) -> list[Job]:
        mark = -(10**18) if sweep else self.clock - LAG
        found = [job for job in self.claimable() if job not in but and (job.tag or 0) >= mark]
        self.move_on(found[:limit])
        return found[:limit]

    def move_on(self, claimed: list[Job]) -> None:
        """Move the virtual time on by what was claimed."""
        urgent = sum(job.priority < 0 for job in claimed)
        if claimed:
            self.clock = max(self.clock + urgent * URGENT_STEP, *(job.tag or 0 for job in claimed))

    def spend(self, claimed: int) -> None:
        """Take from the rate what has started."""
        if self.limits.rate is not None:
            self.tokens = self._tokens() - claimed

    def refill(self) -> None:
        """Let a whole period of the rate pass."""
        if self.tokens is not None:
            self.tokens = 10.0**6

    def _tokens(self) -> float:
        rate = float(self.limits.rate or 0)
        return rate if self.tokens is None else min(rate, self.tokens)

    def start(self, job: Job, fence: int) -> None:
        """Charge an attempt and grant the lease."""
        assert fence > job.last_fence
        assert fence not in self.granted
        assert job.attempts < job.max_attempts
        self.granted.add(fence)
        job.last_fence = fence
        job.state, job.fence, job.attempts = "running", fence, job.attempts + 1
        job.done_at_claim, job.cancel, job.expired = job.done or 0, False, False
        self._free_key(job)

    def _free_key(self, job: Job) -> None:
        if job.frees_key and job.key and self.keys.get(job.key, (0, ""))[0] == job.id:
            del self.keys[job.key]

    # Ends

    def hand_back(self, job: Job, *, delayed: bool, refund: bool = False) -> None:
        """Let a running job wait again."""
        job.attempts -= refund
        job.state, job.due = ("delayed", False) if delayed else ("waiting", True)
        job.tag = None if delayed else self.clock
        job.fence, job.expired = None, False

    def end_taken(self, jobs: list[Job]) -> None:
        """Complete what was taken."""
        for job in jobs:
            job.attempts += 1
            self._free_key(job)
        self.end(jobs, "completed")

    def end(self, jobs: Iterable[Job], outcome: str) -> None:
        """End jobs, and count them in their batches."""
        ended = list(jobs)
        for job in ended:
            job.state, job.fence, job.done, job.tag, job.turn = outcome, None, None, None, None
            job.expired = False
            if job.key and self.keys.get(job.key) == (job.id, "end"):
                del self.keys[job.key]
            if outcome == "completed":
                assert job.id not in self.completed
                self.completed.add(job.id)
        for batch_id in sorted({job.batch for job in ended if job.batch is not None}):
            self._count_down(batch_id, sum(job.batch == batch_id for job in ended), outcome)

    def _count_down(self, batch_id: int, ended: int, outcome: str) -> None:
        batch = self.batches[batch_id]
        failed = 0 if outcome == "completed" else ended
        batch.pending -= ended
        batch.failed += failed
        if batch.pending == 0:
            batch.ended = True
            self.continuations += batch.follows and not (batch.fail_fast and batch.failed > 0)
        elif batch.fail_fast and failed and batch.failed == failed:
            self.stop(batch_id)

    def stop(self, batch_id: int) -> int:
        """Cancel what waits of a batch and ask the rest to stop; return how many waited."""
        of_batch = [job for job in self.jobs.values() if job.batch == batch_id and not job.locked]
        for job in of_batch:
            job.cancel |= job.state == "running"
        waiting = [job for job in of_batch if job.state in ("waiting", "delayed")]
        self.end(waiting, "cancelled")
        return len(waiting)

    def recover(self) -> None:
        """Take back what is held by workers that have stopped answering."""
        for job in self.in_state("running"):
            if not job.expired or job.locked:
                continue
            if job.cancel:
                self.end([job], "cancelled")
            elif job.attempts < job.max_attempts:
                self.hand_back(job, delayed=False)
            else:
                self.end([job], "buried")

    def requeue(self, job: Job) -> bool:
        """Let a buried or cancelled job wait again, on its own."""
        if job.state not in ("buried", "cancelled"):
            return False
        job.state, job.due, job.attempts = "waiting", True, 0
        job.turn = job.tag = self.clock
        job.batch, job.key, job.frees_key, job.cancel = None, None, False, False
        return True


def _id(job: Job) -> int:
    return job.id
