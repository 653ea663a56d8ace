"""Requests that may come twice: a repeated Idempotency-Key gives the first answer again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import request
from psycopg import Connection

from functions.upload.settings import UploadSettings
from shared.db import transaction
from shared.errors import BadRequest, Conflict, SluiceError, Unprocessable
from shared.records import idempotency_keys
from shared.records.idempotency_keys import GivenAnswer

_HEADER = "Idempotency-Key"
_MAX_LENGTH = 255

HEADERS: Final = {_HEADER: "The same key within 24 hours gives the same record and job."}
"""For the description of a route."""


@dataclass(frozen=True, slots=True)
class Idempotency:
    """A request's Idempotency-Key, and a hash of what it asks for."""

    key: str
    request_hash: str


class AnsweredBefore(SluiceError):
    """Another request with the same key was first: roll back, and give its answer."""


def idempotency_key() -> str | None:
    """Return the current request's key, None without one; raises BadRequest."""
    key = request.headers.get(_HEADER)
    if key is not None and not (0 < len(key) <= _MAX_LENGTH and key.isprintable()):
        raise BadRequest(f"{_HEADER} must have 1 to {_MAX_LENGTH} printable characters.")
    return key


def answered_before(
    settings: UploadSettings, owner: str, idempotency: Idempotency | None
) -> GivenAnswer | None:
    """Return the answer given to this request before; raises Unprocessable for another request."""
    if idempotency is None:
        return None
    with transaction(settings.database) as conn:
        given = idempotency_keys.find(conn, owner, idempotency.key)
    if given is not None and given.request_hash != idempotency.request_hash:
        raise Unprocessable(
            f"This {_HEADER} came with another request before: use a new key for a new one."
        )
    return given


def first_answer(
    settings: UploadSettings, owner: str, idempotency: Idempotency | None
) -> GivenAnswer:
    """Return the answer to the request that was first; raises Conflict while there is none."""
    given = answered_before(settings, owner, idempotency)
    if given is None:
        raise Conflict(f"Another request with this {_HEADER} is under way: try again.")
    return given


def keep_answer(
    conn: Connection, owner: str, idempotency: Idempotency | None, record_id: UUID, job_id: int
) -> None:
    """Keep the answer, in the transaction that makes it true; raises AnsweredBefore."""
    if idempotency is None:
        return
    answer = GivenAnswer(idempotency.request_hash, record_id, job_id)
    if not idempotency_keys.keep(conn, owner, idempotency.key, answer):
        raise AnsweredBefore
