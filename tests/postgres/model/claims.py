"""Who takes which jobs."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from shared.queue.claim import ClaimedJob, claim
from shared.queue.enqueue import enqueue
from shared.queue.take import take
from tests.postgres.jobs import QUEUE, CountSheep
from tests.postgres.model.arrivals import Arrivals
from tests.postgres.model.queue_model import Job


class Claims(Arrivals):
    """Claims, and the check of their choice."""

    @rule(limit=st.integers(1, 6), sweep=st.booleans())
    def claim(self, limit, sweep) -> None:
        claimed = claim(self.conn, QUEUE, limit=limit, sweep=sweep)
        for job in self._taken(claimed, limit, sweep=sweep):
            self.model.start(job, {one.id: one.fence for one in claimed}[job.id])
        self.holders += claimed

    @precondition(lambda self: not self.model.limits.capped and not self.model.limits.paused)
    @rule(limit=st.integers(1, 6), sweep=st.booleans())
    def take(self, limit, sweep) -> None:
        with self.conn.transaction():
            taken = [job.id for job in take(self.conn, QUEUE, limit=limit, sweep=sweep)]
            self.conn.execute("insert into ledger select unnest(%s::bigint[])", [taken])
        chosen = self.model.take(limit, sweep=sweep)
        assert [job.id for job in chosen] == taken
        self.model.end_taken(chosen)

    @precondition(lambda self: not self.model.limits.capped and not self.model.limits.paused)
    @rule(limit=st.integers(1, 6))
    def take_and_fail(self, limit) -> None:
        """Only the virtual time has moved."""
        with self.conn.transaction(force_rollback=True):
            taken = [job.id for job in take(self.conn, QUEUE, limit=limit)]
        assert [job.id for job in self.model.take(limit, sweep=False)] == taken

    def _taken(self, claimed: list[ClaimedJob], limit: int, *, sweep: bool) -> list[Job]:
        """Check a claim's choice; fences are granted in the order in which rows are found."""
        model, ids = self.model, [job.id for job in claimed]
        if model.limits.paused:
            taken = []
        elif model.limits.max_running_per_tenant is not None:
            model.promote()
            taken = self._by_tenant(ids, model.room(limit))
        elif model.limits.capped:
            model.promote()
            room = model.room(limit)
            taken = model.flat(room, sweep=True) if room else []
        else:
            taken = model.flat(limit, sweep=sweep)
        assert [job.id for job in taken] == ids
        if model.limits.capped and not model.limits.paused and model.room(limit):
            model.spend(len(taken))
        return sorted(taken, key=lambda job: {one.id: one.fence for one in claimed}[job.id])

    def _by_tenant(self, ids: list[int], room: int) -> list[Job]:
        """Each tenant's first ones, as many as its cap lets; of equal ones, any."""
        model, taken = self.model, [self.model.jobs[job_id] for job_id in ids]
        assert taken == sorted(taken, key=lambda job: (job.tag, job.id))
        most = 0
        for tenant, own in model.rooms().items():
            waiting = [job for job in model.claimable() if job.tenant == tenant]
            mine = [job for job in taken if job.tenant == tenant]
            left = [job for job in waiting if job not in mine]
            assert len(mine) <= max(own, 0)
            assert all(job in waiting for job in mine)
            assert all(job.turn <= other.turn for job in mine for other in left)
            most += min(len(waiting), max(own, 0))
        assert len(taken) == min(room, most)
        model.move_on(taken)
        return taken

    @precondition(lambda self: not self.model.limits.capped and not self.model.limits.paused)
    @rule()
    def a_newcomer_is_among_the_next(self) -> None:
        """Before it go what is overdue or urgent, and one unit of every other tenant."""
        self.newcomers += 1
        self.model.promote()
        claim(self.conn, QUEUE, limit=0, sweep=True)  # lets in what is due, as the model has
        newcomer = f"new{self.newcomers}"
        job_id = enqueue(self.conn, CountSheep(), tenant=newcomer, max_attempts=1)
        self._accept(Job(job_id, tenant=newcomer, max_attempts=1), late=False)
        ahead = self.model.claimable()
        overdue = sum(job.tag <= self.model.clock or job.priority < 0 for job in ahead)
        cheapest_steps_in_a_unit = 4
        bound = overdue + cheapest_steps_in_a_unit * len({job.tenant for job in ahead})
        claimed = claim(self.conn, QUEUE, limit=bound, sweep=True)
        assert newcomer in [job.tenant for job in claimed]
        for job in self._taken(claimed, bound, sweep=True):
            self.model.start(job, {one.id: one.fence for one in claimed}[job.id])
        self.holders += claimed
