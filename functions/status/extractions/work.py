"""Jobs that follow an extraction: columns for its sheet record, and another try."""

from __future__ import annotations

import json
from uuid import uuid4

from psycopg import Connection

from functions.status.extractions.view import all_texts, template_of
from functions.status.settings import settings
from shared.errors import Conflict, NotFound, Unprocessable
from shared.jobs.apply_extraction import ApplyExtraction
from shared.jobs.extract_fields import ExtractFields
from shared.jobs.with_allowance import enqueue_with_allowance
from shared.queue.enqueue import enqueue
from shared.queue.find import find_newest
from shared.records import extractions, sheets
from shared.records.extractions import Extraction
from shared.records.model_use import Allowance
from shared.storage import open_store


def apply(conn: Connection, owner: str, stored: Extraction) -> int:
    """Queue the sheet's next version, with a column for each field, and return the job.

    Conflicts that nobody has resolved become blank cells. Raises NotFound, Unprocessable, Conflict.
    """
    if stored.sheet_id is None:
        raise Unprocessable("These texts do not come from a sheet record: export them instead.")
    if stored.total_texts is None:
        raise Conflict("The texts are not read yet: follow the status until it is ready.")
    sheet = sheets.find(conn, stored.sheet_id, owner)
    if sheet is None or sheet.clean_data_key is None:
        raise NotFound("The sheet record has gone.")
    if sheet.version != stored.sheet_version:
        raise Conflict(
            f"The record is at version {sheet.version} by now, and the texts are those of version "
            f"{stored.sheet_version}: rows may not be the same. Extract again, or undo the edits.",
            version=sheet.version,
        )
    payload = ApplyExtraction(
        prefix=sheets.prefix_of(sheet.id),
        sheet_id=sheet.id,
        expected_version=sheet.version,
        clean_data_key=sheet.clean_data_key,
        template=template_of(stored),
        values_key=_store_values(conn, stored, sheets.prefix_of(sheet.id)),
        extraction_id=stored.id,
        created_by=owner,
    )
    return enqueue(conn, payload, tenant=owner, subject=str(sheet.id))


def _store_values(conn: Connection, stored: Extraction, prefix: str) -> str:
    """Return where they are: beside what the job of the sheet record writes, to go as that does."""
    names = [field.name for field in template_of(stored).root]
    values: dict[str, list[str | None]] = {name: [] for name in names}
    for text in all_texts(conn, stored):
        for each in text.values:
            values[each.field].append(each.value)
    key = f"{prefix}/values-{uuid4()}.json"
    data = json.dumps(values, ensure_ascii=False).encode()
    open_store(settings().storage_bucket).create(key, data, "application/json")
    return key


def extract_again(conn: Connection, stored: Extraction) -> int:
    """Queue another try, with an allowance of its own; only what failed is asked again.

    Raises Conflict while another job is at it, or when no tokens are left.
    """
    last = find_newest(conn, str(stored.id))
    if last is not None and not last.ended:
        raise Conflict("This extraction is being worked on: follow its status.", jobId=last.id)

    def payload_of(allowance: Allowance) -> ExtractFields:
        return ExtractFields(
            prefix=extractions.prefix_of(stored.id),
            record_id=stored.id,
            template=template_of(stored),
            texts_key=stored.texts_key,
            clean_data_key=stored.clean_data_key,
            column=stored.column_name,
            tokens=allowance.tokens,
            calls_per_minute=allowance.calls_per_minute,
        )

    return enqueue_with_allowance(conn, stored.owner, stored.id, payload_of, cost=1.0)
