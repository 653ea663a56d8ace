"""Delete what a job wrote and nobody will ever refer to."""

from __future__ import annotations

import logging

from functions.worker.job import own_objects
from shared.queue.claim import ClaimedJob
from shared.queue.recover import Expired
from shared.storage import open_store

_LOG = logging.getLogger("sluice.worker")


def sweep(bucket: str, job: ClaimedJob | Expired, *, keep: tuple[str, ...] = ()) -> None:
    """Delete the objects of an ended job, all but those in `keep`; a failure is only logged.

    Call it after the commit: until then an attempt may still resume from these objects.
    """
    prefix = job.payload.get("prefix")
    if not prefix:
        return
    try:
        store = open_store(bucket)
        written = store.keys(own_objects(prefix, job.id))
        store.delete(*(set(written) - set(keep)))
    except Exception:  # noqa: BLE001 - the job has ended well; an orphan harms nobody
        _LOG.warning("Objects of job %s may be orphans", job.id, exc_info=True)
