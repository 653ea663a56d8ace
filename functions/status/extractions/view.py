"""Extractions as callers see them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from psycopg import Connection

from functions.status.extractions.models import ExtractedText, Extraction, Span, Value
from shared.errors import NotFound
from shared.extraction.answer import FieldAnswer, agreement
from shared.extraction.template import Template
from shared.records import extractions
from shared.records.extractions import Extracted
from shared.records.extractions import Extraction as Stored

_AT_ONCE = 500


def extraction_of(conn: Connection, owner: str, record_id: UUID) -> Stored:
    """Return the owner's record; raises NotFound."""
    found = extractions.find(conn, record_id, owner)
    if found is None:
        raise NotFound("There is no such extraction, or it has expired. Start it again.")
    return found


def shown(stored: Stored) -> Extraction:
    """Return the record as the page sees it."""
    return Extraction(
        record_id=stored.id,
        template=template_of(stored),
        sheet_id=stored.sheet_id,
        sheet_version=stored.sheet_version,
        column=stored.column_name,
        models=stored.models,
        total_texts=stored.total_texts,
        created_at=stored.created_at,
        expires_at=stored.expires_at,
    )


def template_of(stored: Stored) -> Template:
    """Return the fields that are wanted."""
    return Template.model_validate(stored.template)


def texts_of(conn: Connection, stored: Stored, *, after: int, up_to: int) -> list[ExtractedText]:
    """Return the texts after one number up to another, with their values."""
    fields = {field.name: field.required for field in template_of(stored).root}
    texts = extractions.texts(conn, stored.id, after=after, up_to=up_to)
    found = extractions.extracted(conn, stored.id, list(fields), after=after, up_to=up_to)
    return [
        ExtractedText(
            number=number,
            text=texts[number],
            values=[_value(each, required=fields[each.field]) for each in of_text],
        )
        for number, of_text in groupby(found, key=lambda each: each.number)
    ]


def all_texts(conn: Connection, stored: Stored) -> Iterator[ExtractedText]:
    """Yield all of them, some at a time."""
    for after in range(0, stored.total_texts or 0, _AT_ONCE):
        yield from texts_of(conn, stored, after=after, up_to=after + _AT_ONCE)


def _value(each: Extracted, *, required: bool) -> Value:
    a = None if each.a is None else FieldAnswer.model_validate(each.a)
    b = None if each.b is None else FieldAnswer.model_validate(each.b)
    agreed = agreement(a, b)
    counts = a if agreed == "agreed" else None
    found, value = (counts.found, counts.value) if counts else (None, None)
    start, end = (counts.start, counts.end) if counts else (None, None)
    if each.resolved is not None:
        found, value = each.resolved, each.resolved_value
        start, end = each.resolved_start, each.resolved_end
    resolved = each.resolved is not None
    return Value(
        field=each.field,
        agreement=agreed,
        found=found,
        value=value,
        span=None if start is None or end is None else Span(start=start, end=end),
        a=a,
        b=b,
        resolved_by=each.resolved_by,
        to_check=not resolved and (agreed == "conflict" or (required and found == "missing")),
    )
