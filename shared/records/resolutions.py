"""What people say of an extraction's values: lines that are added and undone."""

from __future__ import annotations

from uuid import UUID

from psycopg import Connection

from shared.extraction.answer import Found

_RESOLVE = """
insert into records.resolution (extraction_id, number, field, found, value, span_start, span_end,
                                resolved_by)
select extraction_id, number, %(field)s, %(found)s, %(value)s, %(start)s, %(end)s, %(by)s
  from records.extraction_text where extraction_id = %(id)s and number = %(number)s
"""
_UNDO = """
update records.resolution set undone_at = now()
 where id = (select max(id) from records.resolution
              where extraction_id = %(id)s and undone_at is null and resolved_by = %(by)s)
returning number
"""


def resolve(
    conn: Connection,
    record_id: UUID,
    number: int,
    field: str,
    *,
    found: Found,
    value: str | None,
    span: tuple[int, int] | None,
    by: str,
) -> None:
    """Write what a person says of a text that is there."""
    start, end = span or (None, None)
    parameters = {
        "id": record_id,
        "number": number,
        "field": field,
        "found": found,
        "value": value,
        "start": start,
        "end": end,
        "by": by,
    }
    conn.execute(_RESOLVE, parameters)


def undo(conn: Connection, record_id: UUID, *, by: str) -> int | None:
    """Take back one's last resolution; return its text's number, or None."""
    row = conn.execute(_UNDO, {"id": record_id, "by": by}).fetchone()
    return None if row is None else int(row[0])
