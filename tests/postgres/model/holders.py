"""What a worker does with a job that it holds, or believes to hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import (
    rule,
)

from shared.errors import CancelRequested, LeaseLost
from shared.queue.abandon import abandon
from shared.queue.bury import bury
from shared.queue.checkpoint import checkpoint
from shared.queue.claim import ClaimedJob
from shared.queue.complete import complete, complete_many
from shared.queue.heartbeat import heartbeat
from shared.queue.progress import Progress
from shared.queue.release import release
from shared.queue.retry import retry
from tests.postgres.jobs import ERROR, MINUTE
from tests.postgres.model.base import ANY, Base
from tests.postgres.model.queue_model import Job


class Holders(Base):
    """Each call must work for the holder and for nobody else."""

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
