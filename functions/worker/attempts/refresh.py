"""A claimed job's work order, brought up to date by its handler before the child gets it."""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from functions.worker.registry import refreshed_handler
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.queue.claim import ClaimedJob


def refreshed(settings: WorkerSettings, job: ClaimedJob) -> ClaimedJob:
    """Return the job as its attempt is to get it; one that cannot be read as it is.

    The child says what is wrong with that one. Raises psycopg.OperationalError.
    """
    work = refreshed_handler(job.queue)
    if work is None:
        return job
    try:
        payload = work.Payload.model_validate(job.payload)
    except ValidationError:
        return job
    with transaction(settings.database) as conn:
        fresh = work.refresh(conn, payload, job)
    return replace(job, payload=fresh.model_dump(mode="json"))
