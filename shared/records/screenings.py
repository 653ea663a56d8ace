"""Screening records: a file of references, and what is looked for in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.records.sheets import HIDDEN_FOR, KEPT_FOR, References, StoredFile
from shared.screening.criteria import Criteria
from shared.screening.outcome import Rule


@dataclass(frozen=True, slots=True)
class Screening:
    """A record; `models` and the counts are None until the references are read."""

    id: UUID
    owner: str
    file_name: str
    file_size: int
    file_sha256: str | None
    file_key: str
    criteria: dict[str, Any]
    mapping: dict[str, str]
    rule: Rule
    models: list[str] | None
    total_records: int | None
    duplicates: int | None
    ranked_with: int
    created_at: datetime
    expires_at: datetime


def prefix_of(record_id: UUID) -> str:
    """Where the record's objects live in the bucket."""
    return f"screenings/{record_id}"


def original_key(record_id: UUID) -> str:
    """Name of the file as it was uploaded."""
    return f"{prefix_of(record_id)}/original"


_CREATE = """
insert into records.screening (id, owner, file_name, file_size, file_sha256, file_key, criteria,
                               mapping, rule, expires_at)
values (%(id)s, %(owner)s, %(name)s, %(size)s, %(sha256)s, %(key)s, %(criteria)s, %(mapping)s,
        %(rule)s, now() + %(kept_for)s)
"""


def create(
    conn: Connection,
    record_id: UUID,
    owner: str,
    file: StoredFile,
    *,
    criteria: Criteria,
    mapping: dict[str, str],
    rule: Rule,
) -> None:
    """Insert a record whose references are still to be read."""
    conn.execute(
        _CREATE,
        {
            "id": record_id,
            "owner": owner,
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "key": file.key,
            "criteria": Jsonb(criteria.model_dump(mode="json")),
            "mapping": Jsonb(mapping),
            "rule": rule,
            "kept_for": KEPT_FOR,
        },
    )


_FIND = """
select * from records.screening where id = %(id)s and owner = %(owner)s and expires_at > now()
"""
_EXTEND = """
update records.screening set expires_at = now() + %(kept_for)s
 where id in (select id from records.screening
               where id = %(id)s and expires_at < now() + %(kept_for)s / 2
                 for no key update skip locked)
"""


def find(conn: Connection, record_id: UUID, owner: str) -> Screening | None:
    """Return the owner's record, None when it is unknown, somebody else's, or has expired.

    Reading a record keeps it alive.
    """
    with conn.cursor(row_factory=class_row(Screening)) as cursor:
        found = cursor.execute(_FIND, {"id": record_id, "owner": owner}).fetchone()
    if found and found.expires_at - datetime.now(found.expires_at.tzinfo) < KEPT_FOR / 2:
        conn.execute(_EXTEND, {"id": record_id, "kept_for": KEPT_FOR})
    return found


_LIST = """
select * from records.screening
 where owner = %(owner)s and expires_at > now()
   and (%(before_id)s::uuid is null
        or (created_at, id) < (%(before_at)s::timestamptz, %(before_id)s::uuid))
 order by created_at desc, id desc
 limit %(limit)s
"""


def list_of_owner(
    conn: Connection, owner: str, *, before: tuple[datetime, UUID] | None, limit: int
) -> list[Screening]:
    """Return the owner's records, newest first, those older than `before` (created_at, id)."""
    before_at, before_id = before or (None, None)
    with conn.cursor(row_factory=class_row(Screening)) as cursor:
        return cursor.execute(
            _LIST,
            {"owner": owner, "before_at": before_at, "before_id": before_id, "limit": limit},
        ).fetchall()


_DESCRIBE = """
update records.screening
   set models = %(models)s, total_records = %(total)s, duplicates = %(duplicates)s
 where id = %(id)s
"""


def describe(
    conn: Connection, record_id: UUID, *, models: tuple[str, str], total: int, duplicates: int
) -> None:
    """Say what the file was found to hold, and who judges it."""
    conn.execute(
        _DESCRIBE,
        {"id": record_id, "models": list(models), "total": total, "duplicates": duplicates},
    )


def delete(conn: Connection, record_id: UUID) -> None:
    """Delete the record and all that belongs to it; its objects are the caller's to delete.

    What models have cost stays in the month's account: deleting a record gives no tokens back.
    """
    conn.execute("delete from records.screening where id = %s", [record_id])


_DELETE_EXPIRED = """
delete from records.screening
 where id in (select id from records.screening where expires_at < now() - %(hidden_for)s
               order by expires_at limit %(limit)s for update skip locked)
returning id
"""


def delete_expired(conn: Connection, *, limit: int) -> list[UUID]:
    """Delete up to `limit` records that have been hidden for HIDDEN_FOR, and return their ids."""
    parameters = {"hidden_for": HIDDEN_FOR, "limit": limit}
    return sorted(row[0] for row in conn.execute(_DELETE_EXPIRED, parameters))


_REFERENCES = "select id, file_key from records.screening where id = any(%s)"


def references(conn: Connection, record_ids: Sequence[UUID]) -> dict[UUID, References]:
    """Return what the records refer to, those included that have expired; absent ones are left out.

    What models have answered is not named: it is the record's as long as that is there.
    """
    rows = conn.execute(_REFERENCES, [list(record_ids)]).fetchall()
    return {record_id: References(originals={file_key}) for record_id, file_key in rows}
