"""Extractions as callers see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from uuid import UUID

from psycopg import Connection

from functions.status.extractions.models import (
    ExtractedText,
    Extraction,
    ExtractionSummary,
    FieldSummary,
    Span,
    Value,
)
from shared.errors import NotFound, Unprocessable
from shared.extraction.answer import FieldAnswer
from shared.extraction.template import Template, TemplateField
from shared.records import extractions, values
from shared.records.extractions import Extraction as Stored
from shared.records.values import FieldValue

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


def field_of(stored: Stored, name: str) -> TemplateField:
    """Return one of the fields that are wanted; raises Unprocessable."""
    fields = {field.name: field for field in template_of(stored).root}
    if name not in fields:
        raise Unprocessable(
            f"The template has no field {name!r}: its fields are {', '.join(fields)}."
        )
    return fields[name]


def texts_of(conn: Connection, record_id: UUID, numbers: Sequence[int]) -> list[ExtractedText]:
    """Return some texts with their values."""
    texts = values.texts(conn, record_id, numbers)
    found = values.of_texts(conn, record_id, numbers)
    return [
        ExtractedText(number=number, text=texts[number], values=[_value(each) for each in of_text])
        for number, of_text in groupby(found, key=lambda each: each.number)
    ]


def all_texts(conn: Connection, stored: Stored) -> Iterator[ExtractedText]:
    """Yield all of them, some at a time."""
    total = stored.total_texts or 0
    for first in range(1, total + 1, _AT_ONCE):
        yield from texts_of(conn, stored.id, range(first, min(first + _AT_ONCE, total + 1)))


def summary_of(conn: Connection, stored: Stored) -> ExtractionSummary:
    """Return how many texts and values there are, and are to be checked."""
    to_check = values.matching(conn, stored.id, to_check=True, after=0, limit=0)
    return ExtractionSummary(
        texts=stored.total_texts,
        texts_to_check=to_check.matched,
        fields=[
            FieldSummary.model_validate(asdict(each)) for each in values.counts(conn, stored.id)
        ],
    )


def _value(each: FieldValue) -> Value:
    a = None if each.a is None else FieldAnswer.model_validate(each.a)
    b = None if each.b is None else FieldAnswer.model_validate(each.b)
    counts = a if each.agreement == "agreed" else None
    found, value = (counts.found, counts.value) if counts else (None, None)
    start, end = (counts.start, counts.end) if counts else (None, None)
    if each.resolved is not None:
        found, value = each.resolved, each.resolved_value
        start, end = each.resolved_start, each.resolved_end
    return Value(
        field=each.field,
        agreement=each.agreement,
        found=found,
        value=value,
        span=None if start is None or end is None else Span(start=start, end=end),
        a=a,
        b=b,
        resolved_by=each.resolved_by,
        to_check=each.to_check,
    )
