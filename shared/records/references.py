"""The references of a screening, and what models and people say of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb

from shared.records.decisions import HumanDecision
from shared.screening.outcome import Outcome, Rule
from shared.screening.reference import Reference
from shared.screening.verdict import Decision, Verdict

Order = Literal["relevance", "number"]

_INSERT = """
insert into records.reference (screening_id, number, content, duplicate_of, duplicate_by,
                               relevance)
select %s, %s, %s, %s, %s, %s from records.screening where id = %s
on conflict do nothing
"""


def add(
    conn: Connection,
    record_id: UUID,
    references: Sequence[Reference],
    relevance: Sequence[float],
) -> None:
    """Insert references; those of a record that was deleted meanwhile, and known ones, are not."""
    with conn.cursor() as cursor:
        cursor.executemany(
            _INSERT,
            [
                (
                    record_id,
                    each.number,
                    Jsonb(
                        each.model_dump(
                            mode="json", exclude={"number", "duplicate_of", "duplicate_by"}
                        )
                    ),
                    each.duplicate_of,
                    each.duplicate_by,
                    score,
                    record_id,
                )
                for each, score in zip(references, relevance, strict=True)
            ],
        )


_JUDGE = """
insert into records.verdict (screening_id, number, model, decision, content)
select %s, %s, %s, %s, %s from records.reference where screening_id = %s and number = %s
on conflict (screening_id, number, model)
   do update set decision = excluded.decision, content = excluded.content
"""


def judge(conn: Connection, record_id: UUID, verdicts: Sequence[Verdict]) -> None:
    """Write verdicts; a later one of the same model takes the place of an earlier one."""
    with conn.cursor() as cursor:
        cursor.executemany(
            _JUDGE,
            [
                (
                    record_id,
                    each.number,
                    each.model,
                    each.decision,
                    Jsonb(each.model_dump(mode="json")),
                    record_id,
                    each.number,
                )
                for each in verdicts
            ],
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A reference with all that is said of it; `human` counts before what models say."""

    number: int
    content: dict[str, Any]
    duplicate_of: int | None
    duplicate_by: str | None
    relevance: float | None
    a: dict[str, Any] | None
    b: dict[str, Any] | None
    outcome: Outcome
    human: HumanDecision | None
    human_reason: str | None
    human_by: str | None
    human_at: datetime | None
    full_text: HumanDecision | None
    full_text_reason: str | None


_JUDGED = """
with judged as (
    select r.number, r.content, r.duplicate_of, r.duplicate_by, r.relevance,
           a.content as a, b.content as b,
           case when a.decision is null or b.decision is null then 'unjudged'
                when %(rule)s = 'or' and 'include' in (a.decision, b.decision) then 'include'
                when a.decision = b.decision and a.decision <> 'unclear' then a.decision
                else 'conflict' end as outcome,
           h.decision as human, h.reason as human_reason, h.decided_by as human_by,
           h.decided_at as human_at, f.decision as full_text, f.reason as full_text_reason
      from records.reference r
      left join records.verdict a
             on a.screening_id = r.screening_id and a.number = r.number and a.model = 'A'
      left join records.verdict b
             on b.screening_id = r.screening_id and b.number = r.number and b.model = 'B'
      left join lateral (select * from records.decision d
                          where d.screening_id = r.screening_id and d.number = r.number
                            and d.stage = 'abstract' and d.undone_at is null
                          order by d.id desc limit 1) h on true
      left join lateral (select * from records.decision d
                          where d.screening_id = r.screening_id and d.number = r.number
                            and d.stage = 'fullText' and d.undone_at is null
                          order by d.id desc limit 1) f on true
     where r.screening_id = %(id)s
),
matching as materialized (
    select * from judged
     where (%(number)s::int is null or number = %(number)s)
       and (%(outcome)s::text is null
            or outcome = %(outcome)s and duplicate_of is null)
       and (%(decided)s::bool is null or (human is not null) = %(decided)s)
       and (%(duplicates)s or duplicate_of is null)
)
select page.*, counted.matched
  from (select count(*)::int as matched from matching) counted
  left join lateral (
      select * from matching
       order by case when %(order)s = 'relevance' then -coalesce(relevance, 0) end, number
       limit %(limit)s offset %(offset)s) page on true
 order by case when %(order)s = 'relevance' then -coalesce(relevance, 0) end, number
"""


class Found(NamedTuple):
    """Some of the references that match, and how many there are of them in all."""

    references: list[Judged]
    matched: int


def judged(
    conn: Connection,
    record_id: UUID,
    rule: Rule,
    *,
    number: int | None = None,
    outcome: Outcome | None = None,
    decided: bool | None = None,
    duplicates: bool = True,
    order: Order = "number",
    offset: int = 0,
    limit: int | None = None,
) -> Found:
    """Return references: of one outcome, those that a person has decided on or not, in order."""
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            _JUDGED,
            {
                "id": record_id,
                "rule": rule,
                "number": number,
                "outcome": outcome,
                "decided": decided,
                "duplicates": duplicates,
                "order": order,
                "offset": offset,
                "limit": limit,
            },
        ).fetchall()
    matched = rows[0]["matched"]
    # One row there is always: it says how many match where none is on the page.
    page = [row for row in rows if row.pop("matched") is not None and row["number"] is not None]
    return Found([Judged(**row) for row in page], matched)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many references, duplicates aside, are alike in what is said of them."""

    a: Decision | None
    b: Decision | None
    human: HumanDecision | None
    full_text: HumanDecision | None
    full_text_reason: str | None
    count: int


_CELLS = """
select a.decision as a, b.decision as b, h.decision as human, f.decision as full_text,
       f.reason as full_text_reason, count(*)::int as count
  from records.reference r
  left join records.verdict a
         on a.screening_id = r.screening_id and a.number = r.number and a.model = 'A'
  left join records.verdict b
         on b.screening_id = r.screening_id and b.number = r.number and b.model = 'B'
  left join lateral (select decision from records.decision d
                      where d.screening_id = r.screening_id and d.number = r.number
                        and d.stage = 'abstract' and d.undone_at is null
                      order by d.id desc limit 1) h on true
  left join lateral (select decision, reason from records.decision d
                      where d.screening_id = r.screening_id and d.number = r.number
                        and d.stage = 'fullText' and d.undone_at is null
                      order by d.id desc limit 1) f on true
 where r.screening_id = %s and r.duplicate_of is null
 group by 1, 2, 3, 4, 5
"""


def cells(conn: Connection, record_id: UUID) -> list[Cell]:
    """Return the counts that agreement, kappa and PRISMA are computed from."""
    with conn.cursor(row_factory=class_row(Cell)) as cursor:
        return cursor.execute(_CELLS, [record_id]).fetchall()
