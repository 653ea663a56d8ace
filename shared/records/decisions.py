"""What people decide on the references of a screening: lines that are added and undone."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from psycopg import Connection

Stage = Literal["abstract", "fullText"]
HumanDecision = Literal["include", "exclude", "unsure"]

_DECIDE = """
insert into records.decision (screening_id, number, stage, decision, reason, decided_by)
select screening_id, number, %(stage)s, %(decision)s, %(reason)s, %(by)s
  from records.reference where screening_id = %(id)s and number = %(number)s
returning id
"""
_UNDO = """
update records.decision set undone_at = now()
 where id = (select max(id) from records.decision
              where screening_id = %(id)s and undone_at is null and decided_by = %(by)s
                and (%(number)s::int is null or number = %(number)s))
returning number
"""


def decide(
    conn: Connection,
    record_id: UUID,
    number: int,
    *,
    stage: Stage,
    decision: HumanDecision,
    reason: str | None,
    by: str,
) -> bool:
    """Write a person's decision; False when there is no such reference."""
    parameters = {
        "id": record_id,
        "number": number,
        "stage": stage,
        "decision": decision,
        "reason": reason,
        "by": by,
    }
    return conn.execute(_DECIDE, parameters).fetchone() is not None


def undo(conn: Connection, record_id: UUID, *, by: str, number: int | None = None) -> int | None:
    """Take back one's last decision, on any reference or on one; return its number, or None."""
    row = conn.execute(_UNDO, {"id": record_id, "by": by, "number": number}).fetchone()
    return None if row is None else int(row[0])


_LABELS = """
select distinct on (number) number, decision from records.decision
 where screening_id = %s and stage = 'abstract' and undone_at is null
 order by number, id desc
"""
_DECISIONS_SO_FAR = "select count(*) from records.decision where screening_id = %s"


def labels(conn: Connection, record_id: UUID) -> dict[int, HumanDecision]:
    """Return what people say of which reference, by title and abstract."""
    return dict(conn.execute(_LABELS, [record_id]).fetchall())


def decisions_so_far(conn: Connection, record_id: UUID) -> int:
    """Return how many decisions were ever made, undone ones included: it only grows."""
    row = conn.execute(_DECISIONS_SO_FAR, [record_id]).fetchone()
    return int(row[0]) if row else 0
