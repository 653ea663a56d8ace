"""The versions of sheet records: immutable, in a line, with the record at one of them.

An edit adds a version behind the current one; those that were undone before are then dropped. A
number is never used twice: the highest one is dropped only when a higher one is added. So whoever
expects a version gets that content or is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row, scalar_row
from psycopg.types.json import Jsonb

from shared.errors import SluiceError

KEPT = 20
"""Versions of a record whose files are kept; those of older ones become orphans."""


class VersionChanged(SluiceError):
    """The record is at another version than was expected; nothing has been changed."""

    def __init__(self, version: int, expected: int) -> None:
        super().__init__(
            f"The record is at version {version} by now, and version {expected} was expected: look "
            "at what has changed, and try again."
        )
        self.version = version


class ReadAnew(SluiceError):
    """The version has other clean data than was edited, because its file was read anew."""

    def __init__(self) -> None:
        super().__init__("The file was read anew while this edit was under way: do it again.")


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What an edit has made; `columns`, `source` and `actions` are JSON data, sizes in bytes."""

    file_key: str
    file_size: int
    file_sha256: str
    clean_data_key: str
    total_rows: int
    total_cols: int
    columns: list[dict[str, Any]]
    source: dict[str, Any]
    actions: list[dict[str, Any]]
    created_by: str


@dataclass(frozen=True, slots=True)
class Version:
    """A line of the history; `actions` is None for the uploaded file."""

    version: int
    total_rows: int
    total_cols: int
    actions: list[dict[str, Any]] | None
    created_by: str
    created_at: datetime
    kept: bool
    """Whether one can go back to it."""


_LOCK = "select version, clean_data_key from records.sheet where id = %s for no key update"

_KEEP_FIRST = """
insert into records.sheet_version
       (record_id, version, file_key, file_size, file_sha256, clean_data_key, total_rows,
        total_cols, columns, source, created_by, created_at)
select id, version, file_key, file_size, file_sha256, clean_data_key, total_rows,
       total_cols, columns, source, owner, created_at
  from records.sheet where id = %(id)s
on conflict do nothing
"""

_INSERT = """
insert into records.sheet_version
       (record_id, version, file_key, file_size, file_sha256, clean_data_key, total_rows,
        total_cols, columns, source, actions, created_by)
select %(id)s, max(version) + 1, %(file_key)s, %(file_size)s, %(file_sha256)s, %(clean_data_key)s,
       %(total_rows)s, %(total_cols)s, %(columns)s, %(source)s, %(actions)s, %(created_by)s
  from records.sheet_version where record_id = %(id)s
returning version
"""

_DROP_UNDONE = """
delete from records.sheet_version
 where record_id = %(id)s and version > %(expected)s and version < %(new)s
"""

_LET_GO = """
update records.sheet_version
   set file_key = null, file_size = null, file_sha256 = null, clean_data_key = null,
       columns = null, source = null
 where record_id = %(id)s and clean_data_key is not null
   and version not in (select version from records.sheet_version where record_id = %(id)s
                        order by version desc limit %(kept)s)
"""

_GO_TO = """
update records.sheet sheet
   set version = there.version, file_key = there.file_key, file_size = there.file_size,
       file_sha256 = there.file_sha256, clean_data_key = there.clean_data_key,
       total_rows = there.total_rows, total_cols = there.total_cols, columns = there.columns,
       source = there.source
  from records.sheet_version there
 where sheet.id = %(id)s and there.record_id = sheet.id and there.version = %(version)s
"""


def append(
    conn: Connection, record_id: UUID, new: NewVersion, *, expected: int, edited: str
) -> int | None:
    """Make an edit's result the record's current version, and return its number.

    Call it in the transaction that completes the job. Raises VersionChanged unless the record is at
    the version that was edited, ReadAnew unless `edited` is still its clean data; None when the
    record was deleted meanwhile.
    """
    found = _locked(conn, record_id)
    if found is None:
        return None
    version, clean_data_key = found
    if version != expected:
        raise VersionChanged(version, expected)
    if clean_data_key != edited:
        raise ReadAnew
    conn.execute(_KEEP_FIRST, {"id": record_id})
    number = _insert(conn, record_id, new)
    conn.execute(_DROP_UNDONE, {"id": record_id, "expected": expected, "new": number})
    conn.execute(_LET_GO, {"id": record_id, "kept": KEPT})
    conn.execute(_GO_TO, {"id": record_id, "version": number})
    return number


_BEFORE = """
select max(version) from records.sheet_version
 where record_id = %s and version < %s and clean_data_key is not null
"""
_AFTER = """
select min(version) from records.sheet_version where record_id = %s and version > %s
"""


def undo(conn: Connection, record_id: UUID, *, expected: int | None) -> int | None:
    """Go back one version and return its number; None at the oldest. Raises VersionChanged."""
    return _move(conn, record_id, _BEFORE, expected)


def redo(conn: Connection, record_id: UUID, *, expected: int | None) -> int | None:
    """Go forward one version and return its number; None at the newest. Raises VersionChanged."""
    return _move(conn, record_id, _AFTER, expected)


_HISTORY = """
select version, total_rows, total_cols, actions, created_by, created_at,
       clean_data_key is not null as kept
  from records.sheet_version where record_id = %s order by version
"""


def history(conn: Connection, record_id: UUID) -> list[Version]:
    """Return all that led to the newest version, oldest first; none of a record never edited."""
    with conn.cursor(row_factory=class_row(Version)) as cursor:
        return cursor.execute(_HISTORY, [record_id]).fetchall()


_FOLLOW = """
update records.sheet_version there
   set clean_data_key = sheet.clean_data_key, total_rows = sheet.total_rows,
       total_cols = sheet.total_cols, columns = sheet.columns, source = sheet.source
  from records.sheet sheet
 where sheet.id = %s and there.record_id = sheet.id and there.version = sheet.version
"""


def follow(conn: Connection, record_id: UUID) -> None:
    """Take over what a new parse of the current version has published."""
    conn.execute(_FOLLOW, [record_id])


def _locked(conn: Connection, record_id: UUID) -> tuple[int, str | None] | None:
    """Return the record's version and clean data, which nobody else changes for now."""
    return conn.execute(_LOCK, [record_id]).fetchone()


def _insert(conn: Connection, record_id: UUID, new: NewVersion) -> int:
    parameters = {
        "id": record_id,
        "file_key": new.file_key,
        "file_size": new.file_size,
        "file_sha256": new.file_sha256,
        "clean_data_key": new.clean_data_key,
        "total_rows": new.total_rows,
        "total_cols": new.total_cols,
        "columns": Jsonb(new.columns),
        "source": Jsonb(new.source),
        "actions": Jsonb(new.actions),
        "created_by": new.created_by,
    }
    with conn.cursor(row_factory=scalar_row) as cursor:
        number = cursor.execute(_INSERT, parameters).fetchone()
    assert number is not None  # noqa: S101 - an insert that returns nothing has raised
    return int(number)


def _move(conn: Connection, record_id: UUID, where: str, expected: int | None) -> int | None:
    found = _locked(conn, record_id)
    if found is None:
        return None
    version, _ = found
    if expected is not None and version != expected:
        raise VersionChanged(version, expected)
    with conn.cursor(row_factory=scalar_row) as cursor:
        number: int | None = cursor.execute(where, [record_id, version]).fetchone()
    if number is not None:
        conn.execute(_GO_TO, {"id": record_id, "version": number})
    return number
