"""Records as JSON, written once for all polls: some have thousands of columns."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple
from uuid import UUID

from cachetools import LRUCache, cached
from psycopg import Connection

from shared.http.record import record_of
from shared.records import sheets

_MOST_CHARACTERS = 16 << 20
"""Of all that is kept."""


class RecordJson(NamedTuple):
    """A record as it is answered."""

    json: str
    parsed: bool
    """Whether there is clean data to read."""


@cached(
    LRUCache[tuple[UUID, str], RecordJson](
        _MOST_CHARACTERS, getsizeof=lambda record: len(record.json)
    ),
    key=lambda _, record_id, owner, revision: (record_id, revision),  # noqa: ARG005
    lock=Lock(),
)
def record_json(conn: Connection, record_id: UUID, owner: str, revision: str) -> RecordJson:  # noqa: ARG001 - it is in the key
    """Return the owner's record at the revision that `sheets.revision` has just told them.

    Call it in one snapshot with that: the owner is asked for there.
    """
    sheet = sheets.require(conn, record_id, owner)
    return RecordJson(record_of(sheet).model_dump_json(by_alias=True), sheet.parsed)
