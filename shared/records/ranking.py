"""The order of a screening's references, and what it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, slots=True)
class Ranking:
    """By which model the references are in their present order, and what it has learnt from."""

    model: str
    decisions: int
    """People's decisions that counted when it was made; 0 where the criteria alone did."""


_BEGIN = """
insert into records.ranking (screening_id, model, decisions)
select id, %(model)s, 0 from records.screening where id = %(id)s
on conflict do nothing
"""
_FIND = "select model, decisions from records.ranking where screening_id = %s"


def begin(conn: Connection, record_id: UUID, model: str) -> None:
    """Say what the first order comes from, which knows no decision yet."""
    conn.execute(_BEGIN, {"id": record_id, "model": model})


def find(conn: Connection, record_id: UUID) -> Ranking | None:
    """Return what the present order comes from; None until there is one."""
    with conn.cursor(row_factory=class_row(Ranking)) as cursor:
        return cursor.execute(_FIND, [record_id]).fetchone()


_RANKED_WITH = """
update records.screening set ranked_with = %(known)s
 where id = %(id)s and ranked_with <= %(known)s
returning id
"""
_TELL = """
insert into records.ranking (screening_id, model, decisions)
values (%(id)s, %(model)s, %(decisions)s)
on conflict (screening_id)
   do update set model = excluded.model, decisions = excluded.decisions
"""
_RANK = """
update records.reference r set relevance = new.relevance
  from unnest(%(numbers)s::int[], %(relevance)s::real[]) new (number, relevance)
 where r.screening_id = %(id)s and r.number = new.number
"""


def rank(
    conn: Connection,
    record_id: UUID,
    ranking: Ranking,
    *,
    numbers: Sequence[int],
    relevance: Sequence[float],
    known: int,
) -> None:
    """Order the references anew; void when it knew fewer decisions than the last one.

    `known` are all that were made when it was asked for, undone ones included.
    """
    if not conn.execute(_RANKED_WITH, {"id": record_id, "known": known}).fetchone():
        return
    conn.execute(_TELL, {"id": record_id, "model": ranking.model, "decisions": ranking.decisions})
    conn.execute(_RANK, {"id": record_id, "numbers": list(numbers), "relevance": list(relevance)})
