"""What all kinds of records have in common: an owner, and an end unless somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, LiteralString, Protocol, TypeVar
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row, dict_row

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


class Record(Protocol):
    """A row."""

    @property
    def expires_at(self) -> datetime:
        """When it is hidden."""


R = TypeVar("R", bound=Record)


class Expiring(Generic[R]):
    """The records of one table, `row` being a class with a field for each of its columns."""

    def __init__(self, table: LiteralString, row: type[R]) -> None:
        self._row = row
        self._find = _FIND.replace("{table}", table)
        self._revision = _REVISION.replace("{table}", table)
        self._extend = _EXTEND.replace("{table}", table)
        self._list = _LIST.replace("{table}", table)
        self._delete_expired = _DELETE_EXPIRED.replace("{table}", table)

    def find(self, conn: Connection, record_id: UUID, owner: str) -> R | None:
        """Return the owner's record, None when it is unknown, somebody else's, or has expired.

        Reading a record keeps it alive.
        """
        with conn.cursor(row_factory=class_row(self._row)) as cursor:
            found = cursor.execute(self._find, {"id": record_id, "owner": owner}).fetchone()
        if found:
            self._keep_alive(conn, record_id, found.expires_at)
        return found

    def revision(
        self,
        conn: Connection,
        record_id: UUID,
        owner: str,
        beside: LiteralString,
        parameters: Mapping[str, object],
    ) -> tuple[str, dict[str, Any]] | None:
        """Return what changes whenever the owner's record does, and the row that the query `beside`
        finds, with None in each column where it finds none; None where `find` returns None.

        Reading it keeps the record alive, too. All in one statement: it is what a poll waits for.
        """
        statement = self._revision.replace("{beside}", beside)
        parameters = {**parameters, "record_id": record_id, "owner": owner}
        with conn.cursor(row_factory=dict_row) as cursor:
            found = cursor.execute(statement, parameters).fetchone()
        if found is None:
            return None
        self._keep_alive(conn, record_id, found.pop("record_expires_at"))
        return found.pop("record_revision"), found

    def _keep_alive(self, conn: Connection, record_id: UUID, expires_at: datetime) -> None:
        if expires_at - datetime.now(expires_at.tzinfo) < KEPT_FOR / 2:
            conn.execute(self._extend, {"id": record_id, "kept_for": KEPT_FOR})

    def list_of_owner(
        self, conn: Connection, owner: str, *, before: tuple[datetime, UUID] | None, limit: int
    ) -> list[R]:
        """Return the owner's records, newest first, those older than `before` (created_at, id)."""
        before_at, before_id = before or (None, None)
        with conn.cursor(row_factory=class_row(self._row)) as cursor:
            return cursor.execute(
                self._list,
                {"owner": owner, "before_at": before_at, "before_id": before_id, "limit": limit},
            ).fetchall()

    def delete_expired(self, conn: Connection, *, limit: int) -> list[UUID]:
        """Delete up to `limit` records that have been hidden for HIDDEN_FOR, and return their ids.

        Whoever began to read one before it expired has had that long to finish: its objects may go.
        """
        parameters = {"hidden_for": HIDDEN_FOR, "limit": limit}
        return sorted(row[0] for row in conn.execute(self._delete_expired, parameters))


_FIND: LiteralString = """
select * from records.{table} where id = %(id)s and owner = %(owner)s and expires_at > now()
"""

# The number of the transaction that wrote the row: PostgreSQL gives each to one alone.
_REVISION: LiteralString = """
select record.xmin::text as record_revision, record.expires_at as record_expires_at, beside.*
  from records.{table} record left join ({beside}) beside on true
 where record.id = %(record_id)s and record.owner = %(owner)s and record.expires_at > now()
"""

# Of several readers one extends; nobody waits for that one, nor for a job that is just publishing.
_EXTEND: LiteralString = """
update records.{table} set expires_at = now() + %(kept_for)s
 where id in (select id from records.{table}
               where id = %(id)s and expires_at < now() + %(kept_for)s / 2
                 for no key update skip locked)
"""

_LIST: LiteralString = """
select * from records.{table}
 where owner = %(owner)s and expires_at > now()
   and (%(before_id)s::uuid is null
        or (created_at, id) < (%(before_at)s::timestamptz, %(before_id)s::uuid))
 order by created_at desc, id desc
 limit %(limit)s
"""

_DELETE_EXPIRED: LiteralString = """
delete from records.{table}
 where id in (select id from records.{table} where expires_at < now() - %(hidden_for)s
               order by expires_at limit %(limit)s for update skip locked)
returning id
"""
