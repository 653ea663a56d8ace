"""What polls are answered of a record: written once, and never of another moment or owner."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from functions.status.record_json import RecordJson
from functions.status.record_json import record_json as record_json_at
from shared.clean.source import Source
from shared.errors import NotFound
from shared.http.record import record_of
from shared.queue.find import by_id
from shared.records import sheets
from shared.records.sheets import StoredFile


@pytest.fixture
def record(conn) -> UUID:
    record_id = uuid4()
    sheets.create(conn, record_id, "ann", StoredFile("original", "人员.csv", 1, None))
    return record_id


def publish(conn, record_id: UUID, key: str) -> None:
    source = Source(format="csv", sheets=["csv"], sheet="csv", header_rows=[1], first_data_row=2)
    sheets.publish(
        conn,
        record_id,
        clean_data_key=key,
        total_rows=1,
        total_cols=0,
        columns=[],
        source=source.model_dump(mode="json"),
    )


def written(conn, record_id: UUID) -> str:
    return record_of(sheets.require(conn, record_id, "ann")).model_dump_json(by_alias=True)


def record_json(conn, record_id: UUID, owner: str) -> RecordJson:
    revision, _ = sheets.revision(conn, record_id, owner, *by_id(1))
    return record_json_at(conn, record_id, owner, revision)


def test_it_is_written_once_until_it_changes(conn, record):
    before = record_json(conn, record, "ann")
    assert (before.json, before.parsed) == (written(conn, record), False)
    assert record_json(conn, record, "ann") is before

    for key in ("clean-1", "clean-2"):
        publish(conn, record, key)
        after = record_json(conn, record, "ann")
        assert (after.json, after.parsed) == (written(conn, record), True)
        assert key in after.json
        assert record_json(conn, record, "ann") is after


def test_what_is_kept_is_for_its_owner_alone(conn, record):
    record_json(conn, record, "ann")

    with pytest.raises(NotFound):
        record_json(conn, record, "eve")


def test_what_is_kept_ends_with_the_record(conn, record):
    record_json(conn, record, "ann")
    conn.execute("update records.sheet set expires_at = now() where id = %s", [record])
    with pytest.raises(NotFound):
        record_json(conn, record, "ann")

    sheets.delete(conn, record)
    with pytest.raises(NotFound):
        record_json(conn, record, "ann")
