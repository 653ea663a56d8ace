"""Spreadsheet records: the file a user uploaded and, once parsed, what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.errors import NotFound
from shared.records import versions

KEPT_FOR = timedelta(days=30)
"""A record expires this long after it was last extended; a read extends it when half is gone."""


HIDDEN_FOR = timedelta(hours=1)
"""An expired record is hidden at once, and deleted with its objects after this time."""


@dataclass(slots=True)
class References:
    """What a record refers to in the bucket, in all of its versions that are kept."""

    originals: set[str] = field(default_factory=set)
    manifests: set[str] = field(default_factory=set)
    """Each names further objects."""


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
returning *
"""


def create(conn: Connection, record_id: UUID, owner: str, file: StoredFile) -> Sheet:
    """Insert a record that waits for its first parse."""
    parameters = {
        "id": record_id,
        "owner": owner,
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "key": file.key,
        "kept_for": KEPT_FOR,
    }
    with conn.cursor(row_factory=class_row(Sheet)) as cursor:
        created = cursor.execute(_CREATE, parameters).fetchone()
    assert created is not None  # noqa: S101 - an insert of one row returns it
    return created


_FIND = """
select * from records.sheet where id = %(id)s and owner = %(owner)s and expires_at > now()
"""

# Of several readers one extends; nobody waits for that one, nor for a job that is just publishing.
_EXTEND = """
update records.sheet set expires_at = now() + %(kept_for)s
 where id in (select id from records.sheet
               where id = %(id)s and expires_at < now() + %(kept_for)s / 2
                 for no key update skip locked)
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


def require(conn: Connection, record_id: UUID, owner: str) -> Sheet:
    """Do as `find` does, and raise NotFound where there is nothing."""
    sheet = find(conn, record_id, owner)
    if sheet is None:
        raise NotFound("There is no such record, or it has expired. Upload the file again.")
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
 where id = %(id)s and (%(version)s::int is null or version = %(version)s)
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
    version: int | None = None,
) -> None:
    """Make clean data the record's; call it in the transaction that completes the job.

    `columns` and `source` are JSON data. A record that was deleted meanwhile stays deleted, and one
    that is at another `version` by now, if one is named, keeps the data of that.
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
            "version": version,
        },
    )
    versions.follow(conn, record_id)


def delete(conn: Connection, record_id: UUID) -> None:
    """Delete the record; its objects are the caller's to delete after the commit."""
    conn.execute("delete from records.sheet where id = %s", [record_id])


_DELETE_EXPIRED = """
delete from records.sheet
 where id in (select id from records.sheet where expires_at < now() - %(hidden_for)s
               order by expires_at limit %(limit)s for update skip locked)
returning id
"""


def delete_expired(conn: Connection, *, limit: int) -> list[UUID]:
    """Delete up to `limit` records that have been hidden for HIDDEN_FOR, and return their ids.

    Whoever began to read one before it expired has had that long to finish: its objects may go.
    """
    parameters = {"hidden_for": HIDDEN_FOR, "limit": limit}
    return sorted(row[0] for row in conn.execute(_DELETE_EXPIRED, parameters))


# One row for each version that is kept.
_REFERENCES = """
select id, file_key, clean_data_key from records.sheet where id = any(%(ids)s)
union all
select record_id, file_key, clean_data_key from records.sheet_version
 where record_id = any(%(ids)s) and file_key is not null
"""


def references(conn: Connection, record_ids: Sequence[UUID]) -> dict[UUID, References]:
    """Return what the records refer to, those included that have expired; absent ones are left out.

    What is not named here, directly or by a manifest, is an orphan.
    """
    found: dict[UUID, References] = {}
    for record_id, file_key, clean_data_key in conn.execute(_REFERENCES, {"ids": list(record_ids)}):
        of_record = found.setdefault(record_id, References())
        of_record.originals.add(file_key)
        if clean_data_key is not None:
            of_record.manifests.add(clean_data_key)
    return found
