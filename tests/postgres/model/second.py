"""A second transaction that stays open while others go on."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete
from shared.queue.enqueue_many import NewJob, enqueue_many
from tests.postgres.jobs import QUEUE, CountSheep
from tests.postgres.model.base import ANY, TENANTS
from tests.postgres.model.claims import Claims
from tests.postgres.model.queue_model import Job


class SecondTransaction(Claims):
    """At most one at a time; it commits or rolls back some steps later."""

    @precondition(lambda self: self.pending is None)
    @rule(tenant=TENANTS, count=st.integers(1, 3))
    def another_begins_to_enqueue(self, tenant, count) -> None:
        self.other.execute("begin")
        ids = enqueue_many(
            self.other, [NewJob(CountSheep(), tenant=tenant, max_attempts=2)] * count
        )
        jobs = [Job(job_id, tenant=tenant, max_attempts=2, state="new") for job_id in ids]
        for job in jobs:
            self.model.jobs[job.id] = job
            self.model.place(job)
        for job in jobs:
            del self.model.jobs[job.id]
        self.pending = ("enqueue", jobs, [])

    @precondition(
        lambda self: (
            self.pending is None
            and not self.model.limits.capped
            and not self.model.limits.paused
            and not any(job.due for job in self.model.in_state("delayed"))
        )
    )
    @rule(limit=st.integers(1, 4), sweep=st.booleans())
    def another_begins_to_claim(self, limit, sweep) -> None:
        self.other.execute("begin")
        claimed = claim(self.other, QUEUE, limit=limit, sweep=sweep)
        jobs = self._taken(claimed, limit, sweep=sweep)
        for job in jobs:
            job.locked = True
        self.pending = ("claim", jobs, claimed)

    @precondition(lambda self: self.pending is None)
    @rule(which=ANY)
    def another_begins_to_complete(self, which) -> None:
        """Every other time so late that its lease is over, so that recovery must pass over it."""
        found = self._holder(which)
        if found is None or found[1] is None or found[1].cancel or found[1].batch is not None:
            return
        held, job = found
        if which % 2:
            self._expire(job)
        self.other.execute("begin")
        self.other.execute("insert into ledger values (%s)", [held.id])
        complete(self.other, held)
        job.locked = True
        self.pending = ("complete", [job], [held])

    @precondition(lambda self: self.pending is not None)
    @rule()
    def the_other_commits(self) -> None:
        kind, jobs, held = self._settle("commit")
        fences = {one.id: one.fence for one in held}
        for job in jobs:
            if kind == "enqueue":
                self.model.jobs[job.id] = job
            elif kind == "claim":
                self.model.start(job, fences[job.id])
            else:
                self.model.end([job], "completed")

    @precondition(lambda self: self.pending is not None)
    @rule()
    def the_other_rolls_back(self) -> None:
        self._settle("rollback")

    def _settle(self, how: str) -> tuple[str, list[Job], list[ClaimedJob]]:
        assert self.pending is not None
        settled, self.pending = self.pending, None
        self.other.execute(how)
        for job in settled[1]:
            job.locked = False
        if settled[0] == "claim":
            self.holders += settled[2]
        return settled
