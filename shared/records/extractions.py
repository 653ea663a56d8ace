"""Extraction records: texts, what is wanted of them, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.extraction.answer import FieldAnswer
from shared.extraction.template import Template
from shared.records.sheets import HIDDEN_FOR, KEPT_FOR, References


@dataclass(frozen=True, slots=True)
class Source:
    """Where the texts are: in an object, or in a column of a version of a sheet record."""

    texts_key: str | None = None
    texts_size: int = 0
    """Bytes of that object."""
    sheet_id: UUID | None = None
    sheet_version: int | None = None
    clean_data_key: str | None = None
    column_name: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """A record; `models` and `total_texts` are None until the texts are read."""

    id: UUID
    owner: str
    template: list[dict[str, Any]]
    texts_key: str | None
    texts_size: int
    sheet_id: UUID | None
    sheet_version: int | None
    clean_data_key: str | None
    column_name: str | None
    models: list[str] | None
    total_texts: int | None
    created_at: datetime
    expires_at: datetime


def prefix_of(record_id: UUID) -> str:
    """Where the record's objects live in the bucket."""
    return f"extractions/{record_id}"


_CREATE = """
insert into records.extraction (id, owner, template, texts_key, texts_size, sheet_id,
                                sheet_version, clean_data_key, column_name, expires_at)
values (%(id)s, %(owner)s, %(template)s, %(texts_key)s, %(texts_size)s, %(sheet_id)s,
        %(sheet_version)s, %(clean_data_key)s, %(column)s, now() + %(kept_for)s)
"""


def create(
    conn: Connection, record_id: UUID, owner: str, template: Template, source: Source
) -> None:
    """Insert a record whose texts are still to be read."""
    conn.execute(
        _CREATE,
        {
            "id": record_id,
            "owner": owner,
            "template": Jsonb(template.model_dump(mode="json")),
            "texts_key": source.texts_key,
            "texts_size": source.texts_size,
            "sheet_id": source.sheet_id,
            "sheet_version": source.sheet_version,
            "clean_data_key": source.clean_data_key,
            "column": source.column_name,
            "kept_for": KEPT_FOR,
        },
    )


_FIND = """
select * from records.extraction where id = %(id)s and owner = %(owner)s and expires_at > now()
"""
_EXTEND = """
update records.extraction set expires_at = now() + %(kept_for)s
 where id in (select id from records.extraction
               where id = %(id)s and expires_at < now() + %(kept_for)s / 2
                 for no key update skip locked)
"""


def find(conn: Connection, record_id: UUID, owner: str) -> Extraction | None:
    """Return the owner's record, None when it is unknown, somebody else's, or has expired.

    Reading a record keeps it alive.
    """
    with conn.cursor(row_factory=class_row(Extraction)) as cursor:
        found = cursor.execute(_FIND, {"id": record_id, "owner": owner}).fetchone()
    if found and found.expires_at - datetime.now(found.expires_at.tzinfo) < KEPT_FOR / 2:
        conn.execute(_EXTEND, {"id": record_id, "kept_for": KEPT_FOR})
    return found


_LIST = """
select * from records.extraction
 where owner = %(owner)s and expires_at > now()
   and (%(before_id)s::uuid is null
        or (created_at, id) < (%(before_at)s::timestamptz, %(before_id)s::uuid))
 order by created_at desc, id desc
 limit %(limit)s
"""


def list_of_owner(
    conn: Connection, owner: str, *, before: tuple[datetime, UUID] | None, limit: int
) -> list[Extraction]:
    """Return the owner's records, newest first, those older than `before` (created_at, id)."""
    before_at, before_id = before or (None, None)
    with conn.cursor(row_factory=class_row(Extraction)) as cursor:
        return cursor.execute(
            _LIST,
            {"owner": owner, "before_at": before_at, "before_id": before_id, "limit": limit},
        ).fetchall()


_DESCRIBE = "update records.extraction set models = %s, total_texts = %s where id = %s"
_TEXT = """
insert into records.extraction_text (extraction_id, number, content)
select %s, %s, %s from records.extraction where id = %s
on conflict do nothing
"""
_ANSWER = """
insert into records.extracted (extraction_id, number, field, model, content)
select %s, %s, %s, %s, %s from records.extraction_text where extraction_id = %s and number = %s
on conflict (extraction_id, number, field, model) do update set content = excluded.content
"""


def describe(conn: Connection, record_id: UUID, *, models: tuple[str, str], total: int) -> None:
    """Say how many texts there are, and who reads them."""
    conn.execute(_DESCRIBE, [list(models), total, record_id])


def add_texts(conn: Connection, record_id: UUID, texts: Sequence[tuple[int, str]]) -> None:
    """Insert texts by number; those of a record that was deleted meanwhile are not."""
    with conn.cursor() as cursor:
        cursor.executemany(_TEXT, [(record_id, number, text, record_id) for number, text in texts])


def answer(conn: Connection, record_id: UUID, answers: Sequence[FieldAnswer]) -> None:
    """Write answers; a later one of the same model takes the place of an earlier one."""
    with conn.cursor() as cursor:
        cursor.executemany(
            _ANSWER,
            [
                (
                    record_id,
                    each.row,
                    each.field,
                    each.model,
                    Jsonb(each.model_dump(mode="json")),
                    record_id,
                    each.row,
                )
                for each in answers
            ],
        )


def delete(conn: Connection, record_id: UUID) -> None:
    """Delete the record and all that belongs to it; its objects are the caller's to delete.

    What models have cost stays in the month's account: deleting a record gives no tokens back.
    """
    conn.execute("delete from records.extraction where id = %s", [record_id])


_DELETE_EXPIRED = """
delete from records.extraction
 where id in (select id from records.extraction where expires_at < now() - %(hidden_for)s
               order by expires_at limit %(limit)s for update skip locked)
returning id
"""


def delete_expired(conn: Connection, *, limit: int) -> list[UUID]:
    """Delete up to `limit` records that have been hidden for HIDDEN_FOR, and return their ids."""
    parameters = {"hidden_for": HIDDEN_FOR, "limit": limit}
    return sorted(row[0] for row in conn.execute(_DELETE_EXPIRED, parameters))


_REFERENCES = "select id, texts_key from records.extraction where id = any(%s)"


def references(conn: Connection, record_ids: Sequence[UUID]) -> dict[UUID, References]:
    """Return what the records refer to, those included that have expired; absent ones are left out.

    What models have answered is not named: it is the record's as long as that is there.
    """
    rows = conn.execute(_REFERENCES, [list(record_ids)]).fetchall()
    return {
        record_id: References(originals=set() if texts_key is None else {texts_key})
        for record_id, texts_key in rows
    }
