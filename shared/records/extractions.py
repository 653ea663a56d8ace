"""Extraction records: texts, what is wanted of them, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.extraction.answer import FieldAnswer
from shared.extraction.template import Template
from shared.records.expiring import KEPT_FOR, Expiring, References


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


_RECORDS = Expiring("extraction", Extraction)
find = _RECORDS.find
list_of_owner = _RECORDS.list_of_owner
delete_expired = _RECORDS.delete_expired


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
