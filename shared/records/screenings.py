"""Screening records: a file of references, and what is looked for in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.records.expiring import KEPT_FOR, Expiring, References
from shared.records.sheets import StoredFile
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


_RECORDS = Expiring("screening", Screening)
find = _RECORDS.find
list_of_owner = _RECORDS.list_of_owner
delete_expired = _RECORDS.delete_expired


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


_REFERENCES = "select id, file_key from records.screening where id = any(%s)"


def references(conn: Connection, record_ids: Sequence[UUID]) -> dict[UUID, References]:
    """Return what the records refer to, those included that have expired; absent ones are left out.

    What models have answered is not named: it is the record's as long as that is there.
    """
    rows = conn.execute(_REFERENCES, [list(record_ids)]).fetchall()
    return {record_id: References(originals={file_key}) for record_id, file_key in rows}
