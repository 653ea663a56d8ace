"""People's decisions, from which the order of what is left is learnt."""

from __future__ import annotations

from uuid import UUID

from psycopg import Connection

from functions.status.screenings.models import Decide
from functions.status.screenings.view import screening_of
from shared.errors import Conflict, NotFound
from shared.jobs.rank_literature import RankLiterature
from shared.queue.enqueue import enqueue
from shared.records import decisions as stored_decisions
from shared.records import screenings
from shared.records.screenings import Screening
from shared.screening.criteria import Criteria

_EACH_UP_TO = 20
_THEN_EVERY = 10
"""The first decisions teach the most; later ones are learnt from a few at a time."""


def decide(conn: Connection, owner: str, user: str, record_id: UUID, wanted: Decide) -> None:
    """Write a decision, and have the rest ranked anew. Raises NotFound."""
    stored = screening_of(conn, owner, record_id)
    known = stored_decisions.decide(
        conn,
        record_id,
        wanted.number,
        stage=wanted.stage,
        decision=wanted.decision,
        reason=wanted.reason,
        by=user,
    )
    if not known:
        raise NotFound(f"This screening has no reference {wanted.number}.")
    _rank(conn, stored)


def undo(conn: Connection, owner: str, user: str, record_id: UUID, number: int | None) -> int:
    """Take back one's last decision and return its reference's number. Raises Conflict."""
    stored = screening_of(conn, owner, record_id)
    undone = stored_decisions.undo(conn, record_id, by=user, number=number)
    if undone is None:
        raise Conflict("There is no decision of yours to take back.")
    _rank(conn, stored)
    return undone


def _rank(conn: Connection, stored: Screening) -> None:
    made = stored_decisions.decisions_so_far(conn, stored.id)
    if made > _EACH_UP_TO and made % _THEN_EVERY:
        return
    labels = stored_decisions.labels(conn, stored.id)
    included = [number for number, decision in labels.items() if decision == "include"]
    excluded = [number for number, decision in labels.items() if decision == "exclude"]
    if not included or not excluded:
        return
    payload = RankLiterature(
        prefix=screenings.prefix_of(stored.id),
        record_id=stored.id,
        source=stored.file_key,
        criteria=Criteria.model_validate(stored.criteria),
        mapping=stored.mapping,
        included=included,
        excluded=excluded,
        decisions=made,
    )
    # Under a name of its own: the record's status is about its verdicts, not about their order.
    enqueue(conn, payload, tenant=stored.owner, subject=f"{stored.id}/order")
