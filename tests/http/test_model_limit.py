"""A tenant's month of tokens, as the functions' own roles see it."""

from __future__ import annotations

import json
import uuid

import httpx
import pytest

from shared.queue.cancel import cancel
from tests.http.test_screenings import CRITERIA, TASKS
from tests.screening.work import ris

TOKENS = 5000


@pytest.fixture
def lena(system, conn):
    conn.execute("insert into records.model_limit values ('lena', null, %s)", [TOKENS])
    with httpx.Client(base_url=system.url, headers={"x-sluice-user": "lena"}, timeout=60) as lena:
        yield lena
    conn.execute("delete from records.model_limit where tenant = 'lena'")


def start(client: httpx.Client) -> httpx.Response:
    files = {"file": ("found.ris", ris(3))}
    return client.post(TASKS, files=files, data={"criteria": json.dumps(CRITERIA)})


def test_what_a_live_job_holds_is_refused_to_others_and_free_when_it_has_ended(lena, conn, queue):
    other = queue.put(tenant="lena")
    conn.execute(
        """
        insert into records.model_grant (job_id, record_id, tenant, month, tokens, tokens_in)
        values (%s, %s, 'lena', date_trunc('month', now())::date, %s, 1000)
        """,
        [other, uuid.uuid4(), TOKENS],
    )
    refused = start(lena)
    assert refused.status_code == 409
    assert "tokens for language models are used up or granted" in refused.json()["detail"]

    cancel(conn, other)

    accepted = start(lena)
    assert accepted.status_code == 202, accepted.text
    granted = "select tokens from records.model_grant where job_id = %s"
    job_id = accepted.json()["data"]["jobId"]
    assert conn.execute(granted, [job_id]).fetchone() == (TOKENS - 1000,)
