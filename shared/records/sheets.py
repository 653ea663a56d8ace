"""Spreadsheet records: the file a user uploaded and, once parsed, what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

KEPT_FOR = timedelta(days=30)
"""A record expires this long after it was last extended; a read extends it when half is gone."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An original in the bucket."""

    key: str
    name: str
    size: int
    """Bytes."""
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record; everything from `clean_data_key` to `source` is None until it is parsed."""

    id: UUID
    owner: str
    version: int
    file_name: str
    file_size: int
    file_sha256: str | None
    file_key: str
    clean_data_key: str | None
    total_rows: int | None
    total_cols: int | None
    columns: list[dict[str, Any]] | None
    source: dict[str, Any] | None
    created_at: datetime
    expires_at: datetime

    @property
    def parsed(self) -> bool:
        """Whether there is clean data to read."""
        return self.clean_data_key is not None


def prefix_of(record_id: UUID) -> str:
    """Where the record's objects live in the bucket."""
    return f"sheets/{record_id}"


def original_key(record_id: UUID) -> str:
    """Name of the record's first original."""
    return f"{prefix_of(record_id)}/original"


_CREATE = """
insert into records.sheet (id, owner, file_name, file_size, file_sha256, file_key, expires_at)
values (%(id)s, %(owner)s, %(name)s, %(size)s, %(sha256)s, %(key)s, now() + %(kept_for)s)
"""


def create(conn: Connection, record_id: UUID, owner: str, file: StoredFile) -> None:
    """Insert a record that waits for its first parse."""
    conn.execute(
        _CREATE,
        {
            "id": record_id,
            "owner": owner,
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "key": file.key,
            "kept_for": KEPT_FOR,
        },
    )


_FIND = """
select * from records.sheet where id = %(id)s and owner = %(owner)s and expires_at > now()
"""

_EXTEND = """
update records.sheet set expires_at = now() + %(kept_for)s
 where id = %(id)s and expires_at < now() + %(kept_for)s / 2
"""


def find(conn: Connection, record_id: UUID, owner: str) -> Sheet | None:
    """Return the owner's record, None when it is unknown, somebody else's, or has expired.

    Reading a record keeps it alive.
    """
    with conn.cursor(row_factory=class_row(Sheet)) as cursor:
        sheet = cursor.execute(_FIND, {"id": record_id, "owner": owner}).fetchone()
    if sheet and sheet.expires_at - datetime.now(sheet.expires_at.tzinfo) < KEPT_FOR / 2:
        conn.execute(_EXTEND, {"id": record_id, "kept_for": KEPT_FOR})
    return sheet


_LIST = """
select * from records.sheet
 where owner = %(owner)s and expires_at > now()
   and (%(before_id)s::uuid is null
        or (created_at, id) < (%(before_at)s::timestamptz, %(before_id)s::uuid))
 order by created_at desc, id desc
 limit %(limit)s
"""


def list_of_owner(
    conn: Connection, owner: str, *, before: tuple[datetime, UUID] | None, limit: int
) -> list[Sheet]:
    """Return the owner's records, newest first, those older than `before` (created_at, id)."""
    before_at, before_id = before or (None, None)
    with conn.cursor(row_factory=class_row(Sheet)) as cursor:
        parameters = {
            "owner": owner,
            "before_at": before_at,
            "before_id": before_id,
            "limit": limit,
        }
        return cursor.execute(_LIST, parameters).fetchall()


_PUBLISH = """
update records.sheet
   set clean_data_key = %(clean_data_key)s, total_rows = %(total_rows)s,
       total_cols = %(total_cols)s, columns = %(columns)s, source = %(source)s
 where id = %(id)s
"""


def publish(
    conn: Connection,
    record_id: UUID,
    *,
    clean_data_key: str,
    total_rows: int,
    total_cols: int,
    columns: list[dict[str, Any]],
    source: dict[str, Any],
) -> None:
    """Make clean data the record's; call it in the transaction that completes the job.

    `columns` and `source` are JSON data. A record that was deleted meanwhile stays deleted.
    """
    conn.execute(
        _PUBLISH,
        {
            "id": record_id,
            "clean_data_key": clean_data_key,
            "total_rows": total_rows,
            "total_cols": total_cols,
            "columns": Jsonb(columns),
            "source": Jsonb(source),
        },
    )


def delete(conn: Connection, record_id: UUID) -> None:
    """Delete the record; its objects are the caller's to delete after the commit."""
    conn.execute("delete from records.sheet where id = %s", [record_id])
