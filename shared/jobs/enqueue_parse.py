"""The parse of a sheet record's file, new or once more."""

from __future__ import annotations

from psycopg import Connection

from shared.clean.options import ParseOptions
from shared.jobs.about_record import enqueue_about
from shared.jobs.parse_excel import ParseExcel, cost_of
from shared.queue.enqueue import UniqueWhile
from shared.records.sheets import Sheet, prefix_of


def enqueue_parse(
    conn: Connection,
    sheet: Sheet,
    options: ParseOptions,
    *,
    again: bool,
    unique_key: str | None = None,
    unique_while: UniqueWhile = "unended",
    refuse_duplicate: bool = False,
) -> int:
    """Return the job's id; done `again`, it replaces the clean data of the record's version.

    Raises DuplicateJob as `enqueue` does, PayloadTooLarge for too many options.
    """
    payload = ParseExcel(
        prefix=prefix_of(sheet.id),
        record_id=sheet.id,
        source=sheet.file_key,
        file_name=sheet.file_name,
        options=options,
        record_version=sheet.version if again else None,
    )
    return enqueue_about(
        conn,
        sheet.id,
        payload,
        owner=sheet.owner,
        cost=cost_of(sheet.file_size),
        unique_key=unique_key,
        unique_while=unique_while,
        refuse_duplicate=refuse_duplicate,
    )
