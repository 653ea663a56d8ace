"""A queue that no worker works on, so that its jobs stay as a test has put them."""

from __future__ import annotations

import uuid
from datetime import timedelta

import psycopg

from shared.queue.attempt_error import AttemptError
from shared.queue.bury import bury
from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete
from shared.queue.enqueue import enqueue
from shared.queue.payload import StoredPayload
from shared.queue.retry import retry


class QuietQueue:
    """Jobs in every state, of the tenant that is named."""

    def __init__(self, conn: psycopg.Connection) -> None:
        self._conn = conn
        self.name = f"quiet-{uuid.uuid4().hex[:8]}"
        self.url = f"/api/v1/queues/{self.name}"

    @property
    def payload(self) -> StoredPayload:
        """A work order that says nothing."""
        return StoredPayload(self.name, 1, {})

    def put(self, tenant: str = "ann", **options: object) -> int:
        """Let a job wait."""
        return enqueue(self._conn, self.payload, tenant=tenant, **options)  # type: ignore[arg-type]

    def run(self, tenant: str = "ann") -> int:
        """Let a job run; no other may wait."""
        return self._run(tenant).id

    def finish(self, tenant: str = "ann") -> int:
        """Complete a job; no other may wait."""
        job = self._run(tenant)
        complete(self._conn, job)
        return job.id

    def fail(self, tenant: str = "ann", *, message: str = "The sheep ran away.") -> int:
        """Bury a job whose two attempts have failed; no other may wait."""
        first = self._run(tenant)
        error = AttemptError(attempt=1, message="It rained.", trace="line 1")
        retry(self._conn, first, error, delay=timedelta(0))
        (second,) = claim(self._conn, self.name)
        bury(self._conn, second, AttemptError(attempt=2, message=message, trace="line 2"))
        return second.id

    def _run(self, tenant: str) -> ClaimedJob:
        job_id = self.put(tenant)
        (job,) = claim(self._conn, self.name)
        assert job.id == job_id
        return job
