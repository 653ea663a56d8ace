"""How jobs come in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    rule,
)

from shared.queue.batch import fan_out
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from tests.postgres.jobs import CountSheep, ShearSheep
from tests.postgres.model.base import COSTS, HOUR, PRIORITIES, TENANTS, Base
from tests.postgres.model.queue_model import Batch, Job


class NewerSheep(CountSheep):
    """A payload that these workers are too old for."""

    version = 2


class Arrivals(Base):
    """One by one, many at once, with keys and in batches."""

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
