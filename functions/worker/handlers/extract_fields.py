"""Texts in, values with their exact spans out, by two models."""

from __future__ import annotations

import os

from psycopg import Connection

from functions.worker.extraction.checkpoint import Checkpoint
from functions.worker.job import Job
from functions.worker.language import account
from functions.worker.language.settings import VARIABLES
from functions.worker.result import Result
from shared.jobs.extract_fields import ExtractFields
from shared.jobs.with_allowance import with_fresh_allowance
from shared.queue.claim import ClaimedJob
from shared.records import extractions

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

Payload = ExtractFields
# Half a second and 60 MiB, for workers that call models at all.
PRELOAD = ("functions.worker.extraction.hosted",) if os.environ.get("LLM_BASE_URL") else ()


def refresh(conn: Connection, payload: ExtractFields, job: ClaimedJob) -> ExtractFields:
    """In the parent, before each attempt: what models may cost it is granted as things stand."""
    return with_fresh_allowance(conn, payload, job.id, job.tenant)


def run(payload: ExtractFields, job: Job) -> Result:
    """In the child: no database. What it finds goes to `advance`, a text at a time."""
    from functions.worker.extraction.extract import extract  # noqa: PLC0415 - heavy

    extract(payload, job)
    return Result()


def advance(conn: Connection, payload: ExtractFields, checkpoint: Checkpoint) -> None:
    """In the parent, in the transaction that keeps the checkpoint: so each once."""
    fresh, record_id = checkpoint.fresh, payload.record_id
    if fresh.about is not None:
        extractions.describe(conn, record_id, models=fresh.about.models, total=fresh.about.total)
    if fresh.texts:
        extractions.add_texts(conn, record_id, fresh.texts)
    if fresh.answers:
        extractions.answer(conn, record_id, fresh.answers)
    account.keep(conn, payload.queue, checkpoint, fresh.usage)


def save(conn: Connection, payload: ExtractFields, result: Result) -> None:
    """Write nothing: all was written at the checkpoints."""
