"""Which of the objects that a walk has found are orphans."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from functions.worker.orphans.found import Found
from shared.queue.unended import unended_jobs, with_unended_jobs
from shared.records import extractions, screenings, sheets, uploads
from shared.records.expiring import References


def orphans(conn: Connection, found: Sequence[Found]) -> list[str]:
    """Return the keys that nothing refers to; whatever a job may still be at is left out.

    Nobody can come to refer to one of them later: names are used once, and a job that is retried
    or requeued writes new ones.
    """
    # Jobs come first, references second. A job that ends between the two looks has published by
    # the second; the other way round, what it published would pass for an orphan.
    idle = _without_jobs(conn, found)
    ids = [each.id for each in idle]
    records = {
        **sheets.references(conn, ids),
        **screenings.references(conn, ids),
        **extractions.references(conn, ids),
    }
    promised = uploads.still_promised(conn, ids)
    return [
        key
        for each in idle
        if each.id not in promised
        for key in _unreferenced(each, records.get(each.id))
    ]


def _without_jobs(conn: Connection, found: Sequence[Found]) -> list[Found]:
    """Leave out the records that have a job, and the objects of jobs that have another subject."""
    busy = with_unended_jobs(conn, [str(each.id) for each in found])
    idle = [each for each in found if str(each.id) not in busy]
    writers = {key: job_id for each in idle for key, job_id in each.writers().items()}
    working = unended_jobs(conn, sorted(set(writers.values())))
    return [
        each.model_copy(
            update={"keys": tuple(key for key in each.keys if writers.get(key) not in working)}
        )
        for each in idle
    ]


def _unreferenced(found: Found, references: References | None) -> list[str]:
    if references is None:
        return list(found.keys)
    if not references.manifests <= found.manifests.keys():
        return []  # What one of them names is not known.
    named = {key for manifest in references.manifests for key in found.manifests[manifest]}
    kept = references.originals | references.manifests | named
    # What models have answered stays as long as its record: another task need not ask again.
    return [key for key in found.keys if key not in kept and not key.endswith("/")]
