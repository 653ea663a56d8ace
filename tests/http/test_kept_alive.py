"""A record that is read late in its life is kept for as long again, whoever only polls it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.http.files import people
from tests.http.task import data_of
from tests.screening.work import ris

KINDS = {
    "sheet": ("sheets", {"files": {"file": ("people.xlsx", people())}}),
    "screening": (
        "screenings",
        {
            "files": {"file": ("found.ris", ris(2))},
            "data": {"criteria": json.dumps({"population": "adults"})},
        },
    ),
    "extraction": (
        "extractions",
        {"json": {"template": [{"name": "fever", "type": "boolean"}], "texts": ["denies fever"]}},
    ),
}


@pytest.mark.parametrize("table", KINDS)
@pytest.mark.parametrize("path", ["", "/status"])
def test_reading_it_keeps_it(client, conn, table, path):
    kind, asked = KINDS[table]
    started = client.post(f"/api/v1/{kind}/tasks", **asked).json()["data"]
    conn.execute(
        f"update records.{table} set expires_at = now() + interval '1 hour' where id = %s",
        [started["recordId"]],
    )

    url = f"/api/v1/{kind}/tasks/{started['recordId']}"
    data_of(client.get(url + path))

    expires_at = datetime.fromisoformat(data_of(client.get(url))["expiresAt"])
    assert expires_at - datetime.now(UTC) > timedelta(days=2)
