"""Batches, one's own or, for operators, everybody's: show, cancel."""

from __future__ import annotations

from flask import Blueprint
from psycopg import Connection

from functions.status.models.batches import Batch
from functions.status.scope import may_see
from functions.status.settings import settings
from shared.db import transaction
from shared.errors import Conflict, NotFound
from shared.http.typed import typed
from shared.queue import batch
from shared.queue.cancel import cancel_batch

blueprint = Blueprint("batches", __name__, url_prefix="/api/v1/batches")


@blueprint.get("/<int:batch_id>")
@typed(problems=(404,))
def read_batch(batch_id: int) -> Batch:
    """Tell how far a batch of jobs has come."""
    with transaction(settings().database) as conn:
        return _shown(_batch(conn, batch_id))


@blueprint.post("/<int:batch_id>/cancel")
@typed(problems=(404, 409))
def cancel(batch_id: int) -> Batch:
    """Cancel all of a batch that has not ended; what runs stops within seconds."""
    with transaction(settings().database) as conn:
        if _batch(conn, batch_id).ended_at is not None:
            raise Conflict("The batch has ended already: there is nothing to cancel.")
        cancel_batch(conn, batch_id)
        return _shown(_batch(conn, batch_id))


def _batch(conn: Connection, batch_id: int) -> batch.Batch:
    found = batch.find_batch(conn, batch_id) if batch_id.bit_length() < 64 else None  # noqa: PLR2004 - a bigint
    if found is None or not may_see(found.tenant):
        raise NotFound(f"There is no batch {batch_id}.")
    return found


def _shown(found: batch.Batch) -> Batch:
    ended = found.total - found.pending
    return Batch(
        batch_id=found.id,
        tenant=found.tenant,
        record_id=found.subject,
        total=found.total,
        pending=found.pending,
        failed=found.failed,
        progress=ended * 100 // found.total if found.total else 100,
        fail_fast=found.fail_fast,
        created_at=found.created_at,
        ended_at=found.ended_at,
    )
