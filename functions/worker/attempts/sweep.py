"""Delete what a job wrote and nobody will ever refer to."""

from __future__ import annotations

import logging

from functions.worker.job import own_objects
from shared.queue.claim import ClaimedJob
from shared.queue.recover import Expired
from shared.storage import open_store

_LOG = logging.getLogger("sluice.worker")


def sweep(
    bucket: str, job: ClaimedJob | Expired, *, seconds: float, keep: tuple[str, ...] = ()
) -> None:
    """Delete the objects of an ended job, all but those in `keep`, as far as the time allows.

    Call it after the commit: until then an attempt may still resume from these objects. A failure
    is only logged: what is left harms nobody, and sweep_orphans finds it.
    """
    prefix = job.payload.get("prefix")
    if not prefix:
        return
    try:
        store, own = open_store(bucket), own_objects(prefix, job.id)
        if not store.delete_under(own, keep=set(keep), seconds=seconds):
            _LOG.warning("Objects of job %s are orphans: there was no time to sweep", job.id)
    except Exception:  # noqa: BLE001 - the job has ended well
        _LOG.warning("Objects of job %s may be orphans", job.id, exc_info=True)
