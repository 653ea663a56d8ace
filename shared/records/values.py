"""The values of an extraction's texts: what models and people say of each field, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from shared.extraction.answer import Agreement, Found


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One field of one text: both models' answers, and a person's resolution."""

    number: int
    field: str
    a: dict[str, Any] | None
    b: dict[str, Any] | None
    agreement: Agreement
    resolved: Found | None
    resolved_value: str | None
    resolved_start: int | None
    resolved_end: int | None
    resolved_by: str | None
    to_check: bool


_OF_TEXTS = """
select number, field, a, b, agreement, resolved, resolved_value, resolved_start, resolved_end,
       resolved_by, to_check
  from records.field_value
 where extraction_id = %s and number = any(%s)
 order by number, place
"""
_CONTENT = """
select number, content from records.extraction_text
 where extraction_id = %s and number = any(%s)
 order by number
"""


def of_texts(conn: Connection, record_id: UUID, numbers: Sequence[int]) -> list[FieldValue]:
    """Return all fields of some texts, text by text, in the order of the template."""
    with conn.cursor(row_factory=class_row(FieldValue)) as cursor:
        return cursor.execute(_OF_TEXTS, [record_id, list(numbers)]).fetchall()


def texts(conn: Connection, record_id: UUID, numbers: Sequence[int]) -> dict[int, str]:
    """Return the texts themselves, by number."""
    return dict(conn.execute(_CONTENT, [record_id, list(numbers)]).fetchall())


class Matching(NamedTuple):
    """Numbers of some texts that match, and how many there are of them in all."""

    numbers: list[int]
    matched: int


_MATCHING = """
with checks as materialized (
    select number from records.field_value
     where %(to_check)s::bool is not null and extraction_id = %(id)s and to_check
       and (%(field)s::text is null or field = %(field)s)
),
matching as materialized (
    select number from records.extraction_text
     where extraction_id = %(id)s
       and (%(to_check)s::bool is null
            or (number in (select number from checks)) = %(to_check)s)
)
select array(select number from matching where number > %(after)s order by number
              limit %(limit)s),
       (select count(*) from matching)
"""


def matching(
    conn: Connection,
    record_id: UUID,
    *,
    to_check: bool | None = None,
    field: str | None = None,
    after: int,
    limit: int,
) -> Matching:
    """Return texts after a number: all, or those with or without a value that is to be checked.

    With a `field`, only its values count.
    """
    parameters = {
        "id": record_id,
        "to_check": to_check,
        "field": field,
        "after": after,
        "limit": limit,
    }
    row = conn.execute(_MATCHING, parameters).fetchone()
    assert row is not None  # noqa: S101 - a select without a table is always one row
    return Matching(*row)


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """How many texts' values of a field are what; each text is in one of all but `to_check`."""

    field: str
    agreed: int
    absent: int
    missing: int
    conflict: int
    unanswered: int
    resolved: int
    to_check: int


_COUNTS = """
select field,
       count(*) filter (where said = 'found')::int as agreed,
       count(*) filter (where said = 'absent')::int as absent,
       count(*) filter (where said = 'missing')::int as missing,
       count(*) filter (where said = 'conflict')::int as conflict,
       count(*) filter (where said = 'unanswered')::int as unanswered,
       count(*) filter (where said = 'resolved')::int as resolved,
       count(*) filter (where to_check)::int as to_check
  from (select field, place, to_check,
               case when resolved is not null then 'resolved'
                    when agreement = 'agreed' then a ->> 'found'
                    else agreement end as said
          from records.field_value where extraction_id = %s) value
 group by field, place
 order by place
"""


def counts(conn: Connection, record_id: UUID) -> list[FieldCounts]:
    """Return the counts of each field, in the order of the template; none before texts are read."""
    with conn.cursor(row_factory=class_row(FieldCounts)) as cursor:
        return cursor.execute(_COUNTS, [record_id]).fetchall()
