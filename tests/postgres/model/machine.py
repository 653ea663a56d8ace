"""Does to a real queue, by chance, all that can be done to one, and compares it with the model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from shared.errors import CancelRequested, LeaseLost
from shared.queue.abandon import abandon
from shared.queue.batch import fan_out
from shared.queue.bury import bury
from shared.queue.cancel import cancel, cancel_batch
from shared.queue.checkpoint import checkpoint
from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete, complete_many
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.heartbeat import heartbeat
from shared.queue.policy import change_policy, declare, weigh
from shared.queue.progress import Progress
from shared.queue.purge import purge
from shared.queue.recover import recover
from shared.queue.release import release
from shared.queue.requeue import requeue
from shared.queue.retry import retry
from tests.postgres.jobs import ERROR, MINUTE, QUEUE, CountSheep, ShearSheep
from tests.postgres.model.observed import EMPTY, expected, real
from tests.postgres.model.queue_model import Batch, Job, QueueModel

TENANTS = st.sampled_from(["ann", "bob", "cas"])
COSTS = st.sampled_from([0.5, 1.0, 2.0, 150.0])
PRIORITIES = st.sampled_from([0, 0, 0, -1, 1])
HOUR = timedelta(hours=1)
ANY = st.integers(0, 10**6)
"""Which one, of however many there are."""


class NewerSheep(CountSheep):
    """A payload that these workers are too old for."""

    version = 2


class QueueMachine(RuleBasedStateMachine):
    """`conn` commits each call; `other` may leave a transaction open for many steps."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.model = QueueModel()
        self.holders: list[ClaimedJob] = []
        self.pending: tuple[str, list[Job], list[ClaimedJob]] | None = None
        self.newcomers = 0
        self.conn = psycopg.connect(url, autocommit=True)
        self.other = psycopg.connect(url, autocommit=True)

    @initialize()
    def begin_with_an_empty_queue(self) -> None:
        for conn in (self.conn, self.other):
            conn.execute("set lock_timeout = '5s'")  # nothing here may have to wait
        self.conn.execute(EMPTY)
        declare(self.conn, QUEUE)
        declare(self.conn, ShearSheep.queue)
        # So long that nothing drips in while a test runs.
        change_policy(self.conn, QUEUE, rate_period=timedelta(days=1000))

    def teardown(self) -> None:
        self.conn.close()
        self.other.close()

    @invariant()
    def the_queue_is_as_the_model_says(self) -> None:
        assert real(self.conn) == expected(self.model)

    # In

    @rule(
        tenant=TENANTS, cost=COSTS, priority=PRIORITIES, late=st.sampled_from([False, False, True]),
        attempts=st.integers(1, 3), subject=st.sampled_from([None, "s1", "s2"]),
        newer=st.sampled_from([False] * 5 + [True]),
    )  # fmt: skip
    def enqueue(self, *, tenant, cost, priority, late, attempts, subject, newer) -> None:
        options: dict[str, Any] = {
            "tenant": tenant, "cost": cost, "priority": priority, "max_attempts": attempts,
            "subject": subject,
        }  # fmt: skip
        run_at = datetime.now(UTC) + HOUR if late else None
        payload = NewerSheep() if newer else CountSheep()
        job_id = enqueue(self.conn, payload, run_at=run_at, **options)
        self._accept(Job(job_id, version=payload.version, **options), late=late)

    @rule(
        tenant=TENANTS, key=st.sampled_from("kl"),
        hold=st.sampled_from(["unended", "waiting", HOUR]),
    )  # fmt: skip
    def enqueue_with_a_key(self, tenant, key, hold) -> None:
        job_id = enqueue(
            self.conn, CountSheep(), tenant=tenant, unique_key=key, unique_while=hold,
            max_attempts=3,
        )  # fmt: skip
        holder, until = self.model.keys.get(key, (None, "past"))
        if until != "past":
            assert job_id == holder
            return
        self.model.keys[key] = (job_id, "later" if hold == HOUR else "end")
        job = Job(job_id, tenant=tenant, key=key, frees_key=hold == "waiting")
        self._accept(job, late=False)

    @rule(plan=st.lists(st.tuples(TENANTS, COSTS, PRIORITIES, st.booleans()), max_size=8))
    def enqueue_many(self, plan) -> None:
        run_at = datetime.now(UTC) + HOUR
        jobs = [
            NewJob(CountSheep(), tenant=tenant, cost=cost, priority=priority, max_attempts=2,
                   run_at=run_at if late else None)
            for tenant, cost, priority, late in plan
        ]  # fmt: skip
        ids = enqueue_many(self.conn, jobs)
        for job_id, (tenant, cost, priority, late) in zip(ids, plan, strict=True):
            job = Job(job_id, tenant=tenant, cost=cost, priority=priority, max_attempts=2)
            self._accept(job, late=late)

    @rule(tenant=TENANTS, children=st.integers(0, 3), fail_fast=st.booleans())
    def fan_out(self, tenant, children, fail_fast) -> None:
        batch_id = fan_out(
            self.conn, [CountSheep()] * children, tenant=tenant, then=ShearSheep(),
            fail_fast=fail_fast,
        )  # fmt: skip
        batch = self.model.batches[batch_id] = Batch(fail_fast, children, ended=not children)
        self.model.continuations += batch.ended
        ids = self.conn.execute(
            "select id from queue.job where batch_id = %s order by 1", [batch_id]
        )
        for (job_id,) in ids.fetchall():
            self._accept(Job(job_id, tenant=tenant, batch=batch_id, max_attempts=5), late=False)

    def _accept(self, job: Job, *, late: bool) -> None:
        assert job.id not in self.model.jobs
        self.model.jobs[job.id] = job
        if late:
            job.state, job.due = "delayed", False
        else:
            job.state = "new"
            self.model.place(job)

    # Out

    @rule(limit=st.integers(1, 6), sweep=st.booleans())
    def claim(self, limit, sweep) -> None:
        claimed = claim(self.conn, QUEUE, limit=limit, sweep=sweep)
        for job in self._taken(claimed, limit, sweep=sweep):
            self.model.start(job, {one.id: one.fence for one in claimed}[job.id])
        self.holders += claimed

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

    # While it runs. `which` picks any holder there ever was: most of them are stale.

    def _holder(self, which: int) -> tuple[ClaimedJob, Job | None] | None:
        """Return a holder, and its job if it still holds it; None if another transaction has it."""
        if not self.holders:
            return None
        # The later ones more often: they are more likely to hold theirs still.
        held = self.holders[-1 - which % min(len(self.holders), 1 + which % 12)]
        job = self.model.jobs[held.id]
        if job.locked:
            return None
        return held, job if job.state == "running" and job.fence == held.fence else None

    def _try(self, which: int, call: Callable[[ClaimedJob], object], *, minds: bool) -> Job | None:
        """Make the call; return the job if it must have worked. `minds`: a cancel refuses it."""
        found = self._holder(which)
        if found is None:
            return None
        held, job = found
        try:
            with self.conn.transaction():
                call(held)
        except LeaseLost:
            assert job is None
            return None
        except CancelRequested:
            assert job is not None
            assert minds
            assert job.cancel
            return None
        assert job is not None
        assert not (minds and job.cancel)
        return job

    @rule(which=ANY)
    def heartbeat(self, which) -> None:
        asked: list[bool] = []
        job = self._try(
            which, lambda held: asked.append(heartbeat(self.conn, held, Progress())), minds=False
        )
        if job:
            job.expired = False
            assert asked == [job.cancel]

    @rule(which=ANY, done=st.integers(0, 9))
    def checkpoint(self, which, done) -> None:
        job = self._try(
            which, lambda held: checkpoint(self.conn, held, {"row": done}, done=done), minds=False
        )
        if job:
            job.done = done

    @rule(which=ANY)
    def complete(self, which) -> None:
        def work(held: ClaimedJob) -> None:
            self.conn.execute("insert into ledger values (%s)", [held.id])
            complete(self.conn, held)

        if job := self._try(which, work, minds=True):
            self.model.end([job], "completed")

    @rule(picks=st.lists(ANY, min_size=1, max_size=5))
    def complete_many(self, picks) -> None:
        found = {f[0].id: f for f in map(self._holder, picks) if f}
        well = [job for _, job in found.values() if job and not job.cancel]
        with self.conn.transaction() as transaction:
            for job_id in found:
                self.conn.execute("insert into ledger values (%s)", [job_id])
            ended = complete_many(self.conn, [held for held, _ in found.values()])
            assert ended == {job.id for job in well}
            if len(ended) < len(found):
                raise psycopg.Rollback(transaction)
        if len(well) == len(found):
            self.model.end(well, "completed")

    @rule(which=ANY, delay=st.sampled_from([timedelta(0), MINUTE]))
    def fail(self, which, delay) -> None:
        """As workers do: try again as long as there are attempts."""
        given_up: list[bool] = []

        def give_back(held: ClaimedJob) -> None:
            given_up.append(held.attempts >= held.max_attempts)
            if given_up[0]:
                bury(self.conn, held, ERROR)
            else:
                retry(self.conn, held, ERROR, delay=delay)

        found = self._holder(which)
        hopeless = found is not None and found[0].attempts >= found[0].max_attempts
        if job := self._try(which, give_back, minds=not hopeless):
            if given_up[0]:
                self.model.end([job], "buried")
            else:
                self.model.hand_back(job, delayed=bool(delay))

    @rule(which=ANY, started=st.booleans())
    def release(self, which, started) -> None:
        """As workers do: give up what has got nowhere in its last attempt."""
        refunds: list[bool] = []
        job = self._try(
            which, lambda held: refunds.append(self._release(held, started)), minds=True
        )
        if job:
            advanced = (job.done or 0) > job.done_at_claim
            assert refunds == [advanced or not started]
            if refunds[0] or job.attempts < job.max_attempts:
                self.model.hand_back(job, delayed=False, refund=refunds[0])
            else:
                self.model.end([job], "buried")

    def _release(self, held: ClaimedJob, started: bool) -> bool:
        with self.conn.transaction() as transaction:
            refunded = release(self.conn, held, started=started)
            if refunded or held.attempts < held.max_attempts:
                return refunded
            raise psycopg.Rollback(transaction)
        bury(self.conn, held, ERROR)
        return False

    @rule(which=ANY)
    def abandon(self, which) -> None:
        if job := self._try(which, lambda held: abandon(self.conn, held), minds=False):
            self.model.end([job], "cancelled")

    # From outside

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
        job.expired = True
        self.conn.execute(
            "update queue.lease set expires_at = '-infinity' where job_id = %s", [job.id]
        )

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
        most=st.sampled_from([None, 1, 2, 5]),
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

    @rule(paused=st.sampled_from([True, False, False, False]))
    def pause(self, paused) -> None:
        change_policy(self.conn, QUEUE, paused=paused)
        self.model.limits.paused = paused

    @rule(tenant=TENANTS, weight=st.sampled_from([1, 2]))
    def weigh(self, tenant, weight) -> None:
        weigh(self.conn, tenant, weight)
        self.model.weights[tenant] = weight

    # A second transaction that stays open

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
        found = self._holder(which)
        if found is None or found[1] is None or found[1].cancel or found[1].batch is not None:
            return
        held, job = found
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
