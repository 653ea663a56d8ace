"""What is a secret, and what only looks a little like one."""

import pytest

from shared.telemetry.masking import Mask

ENVIRONMENT = {
    "DATABASE_URL": "postgresql://sluice:100%25-pure-wool@db:5432/sluice",
    "LLM_API_KEY": "sk-black-sheep",
    "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20shepherd,x-farm=north-meadow",
    "STORAGE_BUCKET": "sluice-bucket",
    "PGPASSWORD": "sheep",
}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ('invalid percent-encoded token: "100%25-pure-wool"', 'invalid … token: "***"'),
        ("password 100%-pure-wool was refused", "password *** was refused"),
        ("Incorrect API key provided: sk-black-sheep.", "Incorrect API key provided: ***."),
        ("headers: {'authorization': 'Bearer shepherd'}", "headers: {'authorization': '***'}"),
        ("postgresql://ann:other@wool@db/x", "postgresql://ann:***@db/x"),
        ("host=db user=ann password=other dbname=x", "host=db user=ann password=*** dbname=x"),
        ("GET /o?X-Goog-Signature=abcdef&x=1", "GET /o?X-Goog-Signature=***&x=1"),
        ("PUT /upload?uploadType=resumable&upload_id=AbC-1", "…resumable&upload_id=***"),
        ('{"access_token": "ya29.wool", "n": 1}', '{"access_token": "***", "n": 1}'),
        ("Authorization: Bearer eyJh.eyJz.c2ln", "Authorization: Bearer ***"),
    ],
)
def test_secrets_are_masked(text, masked):
    found = Mask(ENVIRONMENT)(text)

    start, _, rest = masked.partition("…")
    assert found.startswith(start)
    assert found.endswith(rest)


@pytest.mark.parametrize(
    "text",
    [
        "The sheep in sluice-bucket are counted.",
        "http://127.0.0.1:8080/api/v1/sheets/tasks?mail=ann@farm",
        "connection to server at 127.0.0.1, port 5432 failed: no password supplied",
        "A token of 7 bytes came at 12:30",
    ],
)
def test_all_else_stays(text):
    assert Mask(ENVIRONMENT)(text) == text


def test_an_environment_without_secrets_has_nothing_to_look_for():
    assert Mask({"PATH": "/bin"})("postgresql://ann:wool@db") == "postgresql://ann:***@db"
