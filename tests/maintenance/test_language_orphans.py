"""Of screenings and extractions, too, what nothing refers to is deleted, and nothing else is."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from functions.worker.job import own_objects
from shared.extraction.template import Template
from shared.jobs.extract_fields import ExtractFields
from shared.jobs.screen_literature import ScreenLiterature
from shared.queue.enqueue import enqueue
from shared.records import extractions, screenings
from shared.records.sheets import StoredFile
from shared.screening.criteria import Criteria
from tests.maintenance.place import DAY, HOUR, MINUTE, Place, tick

ORPHANS, EXPIRY = "maintain-orphans", "maintain-expired-language-records"
ENDED_JOB = 10**12
CRITERIA = Criteria(population="larks")
TEMPLATE = Template.model_validate([{"name": "a", "type": "text"}])

both = pytest.mark.parametrize("kind", ["screening", "extraction"])


@pytest.fixture(autouse=True)
def _nothing_is_there(conn) -> None:
    conn.execute("truncate records.screening, records.extraction cascade")


def prefix_of(kind: str, record_id: UUID) -> str:
    prefix = screenings.prefix_of if kind == "screening" else extractions.prefix_of
    return prefix(record_id)


def record(place: Place, kind: str, *, expired=-DAY) -> tuple[UUID, set[str]]:
    """Create a record that expired so long ago; return it with the keys that are its own."""
    record_id = uuid4()
    prefix = prefix_of(kind, record_id)
    if kind == "screening":
        key = place.put(screenings.original_key(record_id))
        file = StoredFile(key, "found.ris", 1, None)
        screenings.create(
            place.conn, record_id, "ann", file, criteria=CRITERIA, mapping={}, rule="both"
        )
    else:
        key = place.put(f"{prefix}/texts.json")
        source = extractions.Source(texts_key=key)
        extractions.create(place.conn, record_id, "ann", TEMPLATE, source)
    place.conn.execute(
        f"update records.{kind} set expires_at = now() - %s where id = %s", [expired, record_id]
    )
    answers = {place.put(f"{prefix}/answers/{digit * 64}") for digit in "ab"}
    return record_id, {key, *answers}


def put_job(place: Place, kind: str, record_id: UUID) -> int:
    shared = {"prefix": prefix_of(kind, record_id), "record_id": record_id, "tokens": None}
    if kind == "screening":
        payload = ScreenLiterature(
            **shared, source="x", criteria=CRITERIA, mapping={}, calls_per_minute=None
        )
        return enqueue(place.conn, payload, tenant="ann", subject=str(record_id))
    extract = ExtractFields(
        **shared,
        template=TEMPLATE,
        texts_key="x",
        clean_data_key=None,
        column=None,
        calls_per_minute=None,
    )
    return enqueue(place.conn, extract, tenant="ann", subject=str(record_id))


@both
@pytest.mark.parametrize("expired", [-DAY, MINUTE])
def test_a_record_keeps_its_file_and_what_models_have_answered(place, worker, kind, expired):
    record_id, kept = record(place, kind, expired=expired)
    own = own_objects(prefix_of(kind, record_id), ENDED_JOB)
    place.put(f"{own}prepared.json")
    place.put(f"{prefix_of(kind, record_id)}/another")

    tick(place, worker, ORPHANS)

    assert place.keys() == kept


@both
def test_what_is_left_of_a_record_that_is_gone_goes(place, worker, kind):
    _, kept = record(place, kind)
    gone, _ = record(place, kind)
    place.put(f"{prefix_of(kind, gone)}/{ENDED_JOB}-prepared.json")
    place.conn.execute(f"delete from records.{kind} where id = %s", [gone])
    young = place.put(f"{prefix_of(kind, uuid4())}/original", age=DAY - MINUTE)

    tick(place, worker, ORPHANS)

    assert place.keys() == kept | {young}


@both
def test_what_a_live_job_may_need_stays(place, worker, kind):
    record_id, kept = record(place, kind)
    job_id = put_job(place, kind, record_id)
    place.conn.execute("update queue.policy set paused = true where queue ~ 'screen|extract'")
    place.conn.execute(f"delete from records.{kind} where id = %s", [record_id])
    prepared = place.put(f"{own_objects(prefix_of(kind, record_id), job_id)}prepared.json")
    try:
        tick(place, worker, ORPHANS)
    finally:
        place.conn.execute("update queue.policy set paused = false")

    assert place.keys() == {*kept, prepared}


@both
def test_an_expired_record_loses_its_objects(place, worker, kind):
    record(place, kind, expired=2 * HOUR)
    _, kept = record(place, kind, expired=HOUR - MINUTE)

    tick(place, worker, EXPIRY)

    assert place.keys() == kept
