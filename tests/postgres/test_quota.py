"""What one owner may have at a time."""

import threading
import uuid

import psycopg
import pytest

from functions.upload.quota import keep_within
from functions.upload.settings import UploadSettings
from shared.errors import TooMany
from shared.extraction.template import Template
from shared.jobs.parse_excel import ParseExcel
from shared.queue.enqueue import enqueue
from shared.records import extractions, screenings, sheets, uploads
from shared.records.sheets import StoredFile
from shared.screening.criteria import Criteria
from tests.conftest import own_database


@pytest.fixture
def database_url(postgres_18):
    yield from own_database(postgres_18)


@pytest.fixture
def conn(database_url):
    with psycopg.connect(database_url) as own:
        yield own


def limits(**quotas):
    none = dict.fromkeys(
        ("quota_waiting_jobs", "quota_stored_bytes", "quota_uploads_per_minute"), 0
    )
    return UploadSettings(
        database_url="postgresql://host/db", storage_bucket="bucket", **none | quotas
    )


def add(conn, owner="ann", size=10):
    record_id = uuid.uuid4()
    key = f"sheets/{record_id}/original"
    sheets.create(conn, record_id, owner, StoredFile(key=key, name="a", size=size, sha256=None))
    payload = ParseExcel(
        prefix=sheets.prefix_of(record_id), record_id=record_id, source=key, file_name="a"
    )
    enqueue(conn, payload, tenant=owner, subject=str(record_id))


@pytest.mark.parametrize(
    ("quota", "after", "retry"),
    [
        ({"quota_waiting_jobs": 3}, 3, 30),
        ({"quota_stored_bytes": 39}, 3, 3600),
        ({"quota_uploads_per_minute": 3}, 3, 60),
    ],
)
def test_the_quota_is_ones_own_and_says_when_to_come_again(conn, quota, after, retry):
    told = limits(**quota)
    for _ in range(after):
        keep_within(conn, told, "ann", size=10)
        add(conn)

    with pytest.raises(TooMany) as refused:
        keep_within(conn, told, "ann", size=10)

    assert refused.value.retry_after == retry
    keep_within(conn, told, "bob", size=10)


def test_an_edit_counts_jobs_alone(conn):
    add(conn)
    keep_within(conn, limits(quota_stored_bytes=1, quota_uploads_per_minute=1), "ann")
    with pytest.raises(TooMany):
        keep_within(conn, limits(quota_waiting_jobs=1), "ann")


def test_promised_bytes_count_before_they_come(conn):
    uploads.create(conn, uuid.uuid4(), "ann", name="a", size=90, sha256=None, key="uploads/a")
    with pytest.raises(TooMany):
        keep_within(conn, limits(quota_stored_bytes=99), "ann", size=10)


def add_screening(conn):
    file = StoredFile(key="screenings/a/original", name="a", size=90, sha256=None)
    criteria = Criteria(population="larks")
    screenings.create(conn, uuid.uuid4(), "ann", file, criteria=criteria, mapping={}, rule="both")


def add_extraction(conn):
    template = Template.model_validate([{"name": "a", "type": "text"}])
    source = extractions.Source(texts_key="extractions/a/texts.json", texts_size=90)
    extractions.create(conn, uuid.uuid4(), "ann", template, source)


@pytest.mark.parametrize("add_record", [add_screening, add_extraction])
@pytest.mark.parametrize("quota", [{"quota_stored_bytes": 99}, {"quota_uploads_per_minute": 1}])
def test_references_and_texts_count_as_files_do(conn, add_record, quota):
    keep_within(conn, limits(**quota), "ann", size=10)
    add_record(conn)
    with pytest.raises(TooMany):
        keep_within(conn, limits(**quota), "ann", size=10)
    keep_within(conn, limits(**quota), "bob", size=10)


@pytest.mark.parametrize("queue", ["screen_literature", "extract_fields"])
def test_their_jobs_count_while_they_wait(conn, queue):
    add(conn)
    conn.execute("update queue.job set queue = %s", [queue])
    with pytest.raises(TooMany):
        keep_within(conn, limits(quota_waiting_jobs=1), "ann")


def test_nothing_is_counted_where_there_is_no_limit(conn):
    add(conn, size=1 << 50)
    keep_within(conn, limits(), "ann", size=1 << 50)


def test_requests_at_the_same_time_do_not_slip_past_each_other(database_url):
    told, outcomes = limits(quota_waiting_jobs=2), []

    def one() -> None:
        with psycopg.connect(database_url) as own:
            try:
                keep_within(own, told, "ann", size=1)
                add(own)
                outcomes.append("in")
            except TooMany:
                outcomes.append("refused")

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in"] * 2 + ["refused"] * 6
