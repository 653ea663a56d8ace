"""A real queue and its model, side by side."""

from __future__ import annotations

from datetime import timedelta

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from shared.queue.claim import ClaimedJob
from shared.queue.policy import change_policy, declare
from tests.postgres.jobs import QUEUE, ShearSheep
from tests.postgres.model.observed import EMPTY, expected, real
from tests.postgres.model.queue_model import Job, QueueModel

TENANTS = st.sampled_from(["ann", "bob", "cas"])
COSTS = st.sampled_from([0.5, 1.0, 2.0, 150.0])
PRIORITIES = st.sampled_from([0, 0, 0, -1, 1])
HOUR = timedelta(hours=1)
ANY = st.integers(0, 10**6)
"""Which one, of however many there are."""


class Base(RuleBasedStateMachine):
    """`conn` commits each call; `other` may leave a transaction open for many steps."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.model = QueueModel()
        self.holders: list[ClaimedJob] = []
        self.pending: tuple[str, list[Job], list[ClaimedJob]] | None = None
        self.newcomers = 0
        self.conn = psycopg.connect(url, autocommit=True)
        self.other = psycopg.connect(url, autocommit=True)

    def empty(self) -> None:
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

    def _holder(self, which: int) -> tuple[ClaimedJob, Job | None] | None:
        """Return a holder, and its job if it still holds it; None if another transaction has it.

        Of three, one holds its job, one was replaced by another, and one is any there ever was.
        """
        now = {job.id: job.fence for job in self.model.in_state("running")}
        holding = [held for held in self.holders if now.get(held.id) == held.fence]
        replaced = [h for h in self.holders if h.id in now and now[h.id] != h.fence]
        found = (holding, replaced, self.holders)[which % 3] or holding
        if not found:
            return None
        held = found[which // 3 % len(found)]
        job = self.model.jobs[held.id]
        if job.locked:
            return None
        return held, job if held in holding else None

    def _expire(self, job: Job) -> None:
        job.expired = True
        self.conn.execute(
            "update queue.lease set expires_at = '-infinity' where job_id = %s", [job.id]
        )
