"""References in, two models' verdicts on each out: read, find duplicates, rank, judge."""

from __future__ import annotations

import os

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.language import account
from functions.worker.language.settings import VARIABLES
from functions.worker.result import Result
from functions.worker.screening.checkpoint import Checkpoint
from shared.jobs.screen_literature import ScreenLiterature
from shared.jobs.with_allowance import with_fresh_allowance
from shared.queue.claim import ClaimedJob
from shared.records import ranking, references, screenings

__all__ = [
    "PRELOAD",
    "VARIABLES",
    "Checkpoint",
    "Payload",
    "Result",
    "advance",
    "refresh",
    "run",
    "save",
]

Payload = ScreenLiterature
# Half a second and 60 MiB, for workers that call models at all.
PRELOAD = ("functions.worker.screening.many",) if os.environ.get("LLM_BASE_URL") else ()


def refresh(conn: Connection, payload: ScreenLiterature, job: ClaimedJob) -> ScreenLiterature:
    """In the parent, before each attempt: what models may cost it is granted as things stand."""
    return with_fresh_allowance(conn, payload, job.id, job.tenant)


def run(payload: ScreenLiterature, job: Job) -> Result:
    """In the child: no database. What it finds goes to `advance`, a record at a time."""
    from functions.worker.screening.screen import screen  # noqa: PLC0415 - heavy

    screen(payload, job)
    return Result()


def advance(conn: Connection, payload: ScreenLiterature, checkpoint: Checkpoint) -> None:
    """In the parent, in the transaction that keeps the checkpoint: so each once."""
    fresh = checkpoint.fresh
    if fresh.about is not None:
        about = fresh.about
        screenings.describe(
            conn,
            payload.record_id,
            models=about.models,
            total=about.total,
            duplicates=about.duplicates,
        )
        ranking.begin(conn, payload.record_id, about.ranked_by)
    if fresh.references:
        references.add(conn, payload.record_id, fresh.references, fresh.relevance)
    if fresh.verdicts:
        references.judge(conn, payload.record_id, fresh.verdicts)
    account.keep(conn, payload.queue, checkpoint, fresh.usage)


def save(conn: Connection, payload: ScreenLiterature, result: Result) -> None:
    """Write nothing: all was written at the checkpoints."""
