"""Which faults are somebody's that will be back in a moment."""

from __future__ import annotations

import psycopg
import pytest
import requests
from flask import Flask, g
from google.api_core.exceptions import ServiceUnavailable
from google.cloud.storage.exceptions import InvalidResponse

from shared.http.problem import to_problem


@pytest.mark.parametrize(
    "error",
    [
        psycopg.OperationalError("connection refused"),
        ServiceUnavailable("try later"),
        requests.ConnectionError("connection refused"),
        InvalidResponse(requests.Response(), "Request failed with status code", 404),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_answers_again_soon_is_503(error):
    with Flask("functions").test_request_context():
        g.request_id = "1"
        answer = to_problem(error)

    assert answer.status_code == 503
    assert "Try again in a few seconds." in answer.json["detail"]


def test_our_own_fault_is_500():
    with Flask("functions").test_request_context():
        g.request_id = "1"
        answer = to_problem(ValueError("of ours"))

    assert answer.status_code == 500
    assert "of ours" not in answer.json["detail"]
