"""Promised uploads: a client sends the bytes straight to the bucket, then starts a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

KEPT_FOR = timedelta(days=7)
"""As long as the bucket keeps a resumable session open."""
STALE_AFTER = timedelta(hours=1)
"""How long past its expiry an upload is kept for a task that is just being started from it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What the client said it would send; `file_sha256` only if it said so."""

    id: UUID
    owner: str
    file_name: str
    file_size: int
    file_sha256: str | None
    object_key: str
    created_at: datetime
    expires_at: datetime


_CREATE = """
insert into records.upload (id, owner, file_name, file_size, file_sha256, object_key, expires_at)
values (%(id)s, %(owner)s, %(name)s, %(size)s, %(sha256)s, %(key)s, now() + %(kept_for)s)
returning *
"""


def create(
    conn: Connection,
    upload_id: UUID,
    owner: str,
    *,
    name: str,
    size: int,
    sha256: str | None,
    key: str,
) -> Upload:
    """Insert and return the promise."""
    parameters = {
        "id": upload_id,
        "owner": owner,
        "name": name,
        "size": size,
        "sha256": sha256,
        "key": key,
        "kept_for": KEPT_FOR,
    }
    with conn.cursor(row_factory=class_row(Upload)) as cursor:
        created = cursor.execute(_CREATE, parameters).fetchone()
    assert created is not None  # noqa: S101 - an insert that returns nothing has raised
    return created


_FIND = """
select * from records.upload where id = %s and owner = %s and expires_at > now()
"""


def find(conn: Connection, upload_id: UUID, owner: str) -> Upload | None:
    """Return the owner's upload, None when it is unknown, somebody else's, used or too old."""
    with conn.cursor(row_factory=class_row(Upload)) as cursor:
        return cursor.execute(_FIND, [upload_id, owner]).fetchone()


def use(conn: Connection, upload_id: UUID) -> bool:
    """Take the upload for a task; False when another task already has."""
    taken = conn.execute("delete from records.upload where id = %s returning id", [upload_id])
    return taken.fetchone() is not None


# Passes over one that a task is taking at this moment.
_DELETE_STALE = """
delete from records.upload
 where id in (select id from records.upload where expires_at < now() - %(stale_after)s
               limit %(limit)s for update skip locked)
returning object_key
"""


def delete_stale(conn: Connection, *, limit: int) -> list[str]:
    """Delete up to `limit` uploads that nobody can start a task from any more.

    Return the names of their objects, whether or not anything was ever sent.
    """
    parameters = {"stale_after": STALE_AFTER, "limit": limit}
    return [row[0] for row in conn.execute(_DELETE_STALE, parameters)]


def still_promised(conn: Connection, upload_ids: Sequence[UUID]) -> set[UUID]:
    """Return those of the uploads that are there, expired ones included."""
    found = conn.execute("select id from records.upload where id = any(%s)", [list(upload_ids)])
    return {row[0] for row in found}
