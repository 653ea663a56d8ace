"""Cancelled in the middle, through the whole system: what was done is kept, and not done again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import psycopg
import pytest

from local.system import DATABASE, running_system
from tests.screening.endpoint import Endpoint, serving, values, verdicts
from tests.screening.work import CRITERIA, ris
from tests.worker.signs import wait_until

RECORDS = 200
BEFORE = 60
"""Calls that are answered before somebody cancels."""
IN_FLIGHT = 8
"""Calls at once, which nobody has changed here."""
TEMPLATE = [{"name": "weight", "type": "number", "unit": "kg"}]

pytestmark = pytest.mark.timeout(180)


def _answer(model: str, instructions: str, document: str) -> str:
    if "Fields:\n" in instructions:
        return values(_weight)(model, instructions, document)
    return verdicts(lambda _m, _c, _d: "no")(model, instructions, document)


def _weight(_field: dict[str, object], document: str) -> tuple[str, str] | None:
    found = re.search(r"(\d+) kg", document)
    return found and (found[1], found[0])


@dataclass
class Place:
    """A system whose models are at the endpoint, and a look into its database."""

    client: httpx.Client
    endpoint: Endpoint
    conn: psycopg.Connection

    def data(self, method: str, path: str, **options: object) -> dict:
        answer = self.client.request(method, path, **options)
        assert answer.is_success, answer.text
        return answer.json()["data"]

    def count(self, table: str, record_id: str) -> int:
        column = {"verdict": "screening_id", "extracted": "extraction_id"}[table]
        query = f"select count(*) from records.{table} where {column} = %s"
        return self.conn.execute(query, [record_id]).fetchone()[0]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch, serving(Endpoint(_answer)) as endpoint:
        patch.setenv("LLM_BASE_URL", endpoint.url)
        patch.setenv("LLM_MODEL_A", "model-a")
        patch.setenv("LLM_MODEL_B", "model-b")
        with (
            running_system(data=tmp_path_factory.mktemp("system"), port=0) as system,
            httpx.Client(base_url=system.url, timeout=60) as client,
            psycopg.connect(system.postgres.ensure_database(DATABASE), autocommit=True) as conn,
        ):
            yield Place(client, endpoint, conn)


@pytest.fixture(autouse=True)
def _asked_nothing_yet(place) -> None:
    place.endpoint.calls.clear()
    place.endpoint.seconds = 0.15


def start(place: Place, module: str) -> dict:
    url = f"/api/v1/{module}/tasks"
    if module == "screenings":
        form = {"criteria": CRITERIA.model_dump_json()}
        files = {"file": ("found.ris", ris(RECORDS))}
        return place.data("POST", url, files=files, data=form)
    texts = [f"Patient {number} weighs {number} kg." for number in range(1, RECORDS + 1)]
    return place.data("POST", url, content=json.dumps({"template": TEMPLATE, "texts": texts}),
                      headers={"content-type": "application/json"})  # fmt: skip


@pytest.mark.parametrize("way", ["retry", "again"])
@pytest.mark.parametrize(
    ("module", "table"), [("screenings", "verdict"), ("extractions", "extracted")]
)
def test_what_was_done_is_kept_and_what_follows_does_the_rest(place, module, table, way):
    task = start(place, module)
    record, job = task["recordId"], task["jobId"]
    url = f"/api/v1/{module}/tasks/{record}"
    wait_until(lambda: len(place.endpoint.calls) > BEFORE, seconds=60)

    place.data("POST", f"/api/v1/jobs/{job}/cancel")

    wait_until(lambda: place.data("GET", task["statusUrl"])["status"] == "cancelled", seconds=30)
    # Also for those who do not name the job: the record holds something, but not all of it.
    assert place.data("GET", f"{url}/status")["status"] == "cancelled"
    kept, asked = place.count(table, record), len(place.endpoint.calls)
    assert BEFORE - 2 * IN_FLIGHT <= kept <= asked < 2 * RECORDS

    on = f"/api/v1/jobs/{job}/retry" if way == "retry" else f"{url}/again"
    place.data("POST", on)
    assert place.data("GET", f"{url}/status")["status"] == "processing"
    wait_until(lambda: place.data("GET", f"{url}/status")["status"] == "ready", seconds=60)

    assert place.count(table, record) == 2 * RECORDS
    times = place.endpoint.asked()
    assert len(times) == 2 * RECORDS
    assert set(times.values()) == {1}
    ((calls, tokens),) = place.conn.execute(
        "select sum(calls)::int, sum(tokens_in + tokens_out)::int from records.model_grant"
        " where record_id = %s",
        [record],
    ).fetchall()
    assert (calls, tokens) == (2 * RECORDS, 120 * 2 * RECORDS)
