"""Whom the worker works for."""

import pytest

from functions.worker.callers import callers
from functions.worker.settings import WorkerSettings
from shared.errors import Forbidden, Unauthorized

TICK = "tick@project.iam.gserviceaccount.com"


@pytest.fixture
def door(issuer, monkeypatch):
    for name, value in {
        "DATABASE_URL": "postgresql://host/db",
        "STORAGE_BUCKET": "bucket",
        "WORKER_CALLERS": f'["{TICK}"]',
        "WORKER_AUDIENCE": "https://worker",
        "WORKER_CALLER_ISSUER": "https://accounts.google.com",
        "WORKER_CALLER_JWKS_URL": issuer.url,
    }.items():
        monkeypatch.setenv(name, value)
    return callers(WorkerSettings())


RIGHT = {
    "iss": "https://accounts.google.com",
    "aud": "https://worker",
    "email": TICK,
    "email_verified": True,
}


@pytest.mark.parametrize("issuer_name", ["https://accounts.google.com", "accounts.google.com"])
def test_its_scheduler_gets_in(door, issuer, issuer_name):
    assert door(issuer.bearer(**RIGHT | {"iss": issuer_name})).user == TICK


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"email": "other@project.iam.gserviceaccount.com"}, Forbidden),
        ({"email_verified": False}, Forbidden),
        ({"aud": "https://other"}, Unauthorized),
        ({"iss": "https://login.example.org"}, Unauthorized),
        ({"exp": 1}, Unauthorized),
    ],
    ids=str,
)
def test_nobody_else_does(door, issuer, wrong, error):
    with pytest.raises(error):
        door(issuer.bearer(**RIGHT | wrong))


def test_without_a_token_nobody_does(door):
    with pytest.raises(Unauthorized):
        door({})


def test_callers_without_an_audience_stop_the_start(door, monkeypatch):
    monkeypatch.delenv("WORKER_AUDIENCE")
    with pytest.raises(ValueError, match="WORKER_AUDIENCE"):
        WorkerSettings()
