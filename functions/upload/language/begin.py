"""Record a task and queue the work on it, in one transaction, once for each Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from psycopg import Connection

from functions.upload.idempotency import (
    AnsweredBefore,
    Idempotency,
    answered_before,
    first_answer,
    idempotency_key,
    keep_answer,
)
from functions.upload.quota import keep_within
from functions.upload.settings import UploadSettings
from shared.db import transaction
from shared.errors import SluiceError
from shared.nudge.nudge import nudge
from shared.storage import Store


def begin(
    settings: UploadSettings,
    store: Store,
    owner: str,
    record_id: UUID,
    create: Callable[[Connection], int],
    *,
    request_hash: str,
    objects: tuple[str, ...],
    size: int | None,
) -> tuple[UUID, int]:
    """Return the record and its job; both exist, or neither, and then the objects are to go.

    `size` is in bytes; None for a file that was within the quota when it was promised. A repeated
    Idempotency-Key gives the first answer again. Raises TooMany over the owner's quota,
    Unprocessable for a key that came with another request.
    """
    key = idempotency_key()
    idempotency = Idempotency(key, request_hash) if key else None
    if given := answered_before(settings, owner, idempotency):
        store.delete(*objects)
        return given.record_id, given.job_id
    try:
        with transaction(settings.database) as conn:
            keep_within(conn, settings, owner, size=size)
            job_id = create(conn)
            keep_answer(conn, owner, idempotency, record_id, job_id)
    except AnsweredBefore:
        store.delete(*objects)
        first = first_answer(settings, owner, idempotency)
        return first.record_id, first.job_id
    except SluiceError:
        store.delete(*objects)
        raise
    # After any other fault the commit may have gone through: better an orphan, which a later sweep
    # finds, than a record without its file.
    nudge(settings)
    return record_id, job_id
