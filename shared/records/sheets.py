"""Spreadsheet records: the file a user uploaded and, once parsed, what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.errors import NotFound
from shared.records import versions
from shared.records.expiring import KEPT_FOR, Expiring, References


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


_UNKNOWN = "There is no such record, or it has expired. Upload the file again."

_RECORDS = Expiring("sheet", Sheet)
find = _RECORDS.find
list_of_owner = _RECORDS.list_of_owner
delete_expired = _RECORDS.delete_expired


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


def require(conn: Connection, record_id: UUID, owner: str) -> Sheet:
    """Do as `find` does, and raise NotFound where there is nothing."""
    sheet = find(conn, record_id, owner)
    if sheet is None:
        raise NotFound(_UNKNOWN)
    return sheet


def revision(
    conn: Connection,
    record_id: UUID,
    owner: str,
    beside: LiteralString,
    parameters: Mapping[str, object],
) -> tuple[str, dict[str, Any]]:
    """Return what changes whenever the record does, and the row that the query `beside` finds, with
    None in each column where it finds none; raises NotFound where `require` would.
    """
    found = _RECORDS.revision(conn, record_id, owner, beside, parameters)
    if found is None:
        raise NotFound(_UNKNOWN)
    return found


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
