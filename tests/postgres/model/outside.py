"""What befalls a queue from outside: operators, time, and the death of workers."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from shared.queue.cancel import cancel, cancel_batch
from shared.queue.policy import change_policy, weigh
from shared.queue.purge import purge
from shared.queue.recover import recover
from shared.queue.requeue import requeue
from tests.postgres.jobs import QUEUE
from tests.postgres.model.base import ANY, TENANTS
from tests.postgres.model.claims import Claims


class Outside(Claims):
    """Everything that no holder of a job does."""

    @rule(which=ANY, limit=st.integers(1, 6))
    def a_worker_is_replaced(self, which, limit) -> None:
        self.a_worker_stops_answering(which)
        self.recover()
        self.claim(limit=limit, sweep=True)

    @rule(which=ANY)
    def a_worker_stops_answering(self, which) -> None:
        """Its lease's end is moved into the past."""
        running = [job for job in self.model.in_state("running") if not job.locked]
        if not running:
            return
        job = running[which % len(running)]
        # In what order a batch's expired leases are found is anybody's guess.
        if job.batch is not None and any(one.expired and one.batch == job.batch for one in running):
            return
        self._expire(job)

    @rule()
    def recover(self) -> None:
        with self.conn.transaction():
            recover(self.conn)
        self.model.recover()

    @rule(which=ANY)
    def time_passes_for_a_delayed_job(self, which) -> None:
        if delayed := self.model.in_state("delayed"):
            job = delayed[which % len(delayed)]
            job.due = True
            self.conn.execute(
                "update queue.job set due_at = clock_timestamp() where id = %s", [job.id]
            )

    @rule()
    def time_passes_for_keys_and_rates(self) -> None:
        self.conn.execute("update queue.unique_key set until = '-infinity' where until is not null")
        self.conn.execute("update queue.rate set filled_at = filled_at - interval '10000 days'")
        for key, (holder, until) in self.model.keys.items():
            self.model.keys[key] = (holder, "past" if until == "later" else until)
        self.model.refill()

    @rule(which=ANY)
    def cancel(self, which) -> None:
        known = [job for job in self.model.jobs.values() if not job.locked]
        if which % 2:
            known = [job for job in known if job.state == "running"]
        if not known:
            return
        job = known[which % len(known)]
        answer = cancel(self.conn, job.id)
        if job.state in ("waiting", "delayed"):
            assert answer == "cancelled"
            self.model.end([job], "cancelled")
        elif job.state == "running":
            assert answer == "cancelling"
            job.cancel = True
        else:
            assert answer == "ended"

    @precondition(lambda self: self.model.batches)
    @rule(which=ANY)
    def cancel_batch(self, which) -> None:
        batch_id = 1 + which % len(self.model.batches)
        waiting = cancel_batch(self.conn, batch_id)
        self.model.batches[batch_id].follows &= self.model.batches[batch_id].ended
        assert waiting == self.model.stop(batch_id)

    @rule(which=ANY)
    def requeue(self, which) -> None:
        ended = [job for job in self.model.jobs.values() if job.state in ("buried", "cancelled")]
        known = ended or list(self.model.jobs.values())
        if known:
            job = known[which % len(known)]
            assert requeue(self.conn, job.id) == self.model.requeue(job)

    @rule(subject=st.sampled_from(["s1", "s2"]))
    def purge(self, subject) -> None:
        about = [job for job in self.model.jobs.values() if job.subject == subject]
        if any(job.locked for job in about):
            return
        with self.conn.transaction():
            purge(self.conn, subject)
        for job in about:
            if job.state == "running":
                job.cancel = True
            else:
                self.model.end([job], "purged")

    @precondition(lambda self: self.pending is None)
    @rule(
        limit=st.sampled_from(["max_running", "max_running_per_tenant", "rate"]),
        most=st.sampled_from([None, None, 1, 2, 5]),
    )
    def limit(self, limit, most) -> None:
        if most is None:
            change_policy(self.conn, QUEUE, lift=(limit,))
        else:
            change_policy(self.conn, QUEUE, **{limit: most})
        setattr(self.model.limits, limit, most)

    @rule()
    def lift_all_limits(self) -> None:
        names = ("max_running", "max_running_per_tenant", "rate")
        change_policy(self.conn, QUEUE, lift=names)
        for name in names:
            setattr(self.model.limits, name, None)

    @rule(paused=st.sampled_from([True] + [False] * 5))
    def pause(self, paused) -> None:
        change_policy(self.conn, QUEUE, paused=paused)
        self.model.limits.paused = paused

    @rule(tenant=TENANTS, weight=st.sampled_from([1, 2]))
    def weigh(self, tenant, weight) -> None:
        weigh(self.conn, tenant, weight)
        self.model.weights[tenant] = weight
