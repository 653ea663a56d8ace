"""Record a task and queue the work on it, in one transaction, once for each Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import request
from psycopg import Connection

from functions.upload.quota import keep_within
from functions.upload.settings import UploadSettings
from shared.db import transaction
from shared.errors import BadRequest, SluiceError, Unprocessable
from shared.nudge.nudge import nudge
from shared.records import idempotency_keys
from shared.records.idempotency_keys import GivenAnswer
from shared.storage import Store

KEY_HEADER = "Idempotency-Key"
_MAX_KEY_LENGTH = 255


class _AnsweredBefore(SluiceError):
    """Another request with the same key was first."""


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
    key = _idempotency_key()
    if key and (given := _given(settings, owner, key, request_hash)):
        store.delete(*objects)
        return given
    try:
        with transaction(settings.database) as conn:
            keep_within(conn, settings, owner, size=size)
            job_id = create(conn)
            answer = GivenAnswer(request_hash, record_id, job_id)
            if key and not idempotency_keys.keep(conn, owner, key, answer):
                raise _AnsweredBefore
    except _AnsweredBefore:
        store.delete(*objects)
        if key and (given := _given(settings, owner, key, request_hash)):
            return given
        raise
    except SluiceError:
        store.delete(*objects)
        raise
    # After any other fault the commit may have gone through: better an orphan, which a later sweep
    # finds, than a record without its file.
    nudge(settings)
    return record_id, job_id


def _given(
    settings: UploadSettings, owner: str, key: str, request_hash: str
) -> tuple[UUID, int] | None:
    with transaction(settings.database) as conn:
        given = idempotency_keys.find(conn, owner, key)
    if given is None:
        return None
    if given.request_hash != request_hash:
        raise Unprocessable(
            "This Idempotency-Key came with another request before: use a new key for a new one."
        )
    return given.record_id, given.job_id


def _idempotency_key() -> str | None:
    key = request.headers.get(KEY_HEADER)
    if key is not None and not (0 < len(key) <= _MAX_KEY_LENGTH and key.isprintable()):
        raise BadRequest(f"{KEY_HEADER} must have 1 to {_MAX_KEY_LENGTH} printable characters.")
    return key
