"""What a line of the log looks like."""

import json
import logging
import sys
from datetime import datetime

import pytest
from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags

from shared.telemetry.fields import log_fields
from shared.telemetry.logs import JsonLines, PlainLines
from shared.telemetry.masking import Mask

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def record(message: str, *arguments: object, exc_info: object = None) -> logging.LogRecord:
    return logging.LogRecord(
        "sluice.worker", logging.WARNING, __file__, 1, message, arguments, exc_info
    )


def written(made: logging.LogRecord) -> dict[str, object]:
    line = JsonLines(Mask({})).format(made)
    assert "\n" not in line
    return dict(json.loads(line))


@pytest.fixture
def in_a_trace():
    context = SpanContext(int(TRACE, 16), int(SPAN, 16), True, TraceFlags(TraceFlags.SAMPLED))
    with trace.use_span(NonRecordingSpan(context)):
        yield


def test_a_record_has_the_fields_that_cloud_logging_looks_for():
    line = written(record("Sheep %d is\nmissing: 羊", 7))

    assert line["severity"] == "WARNING"
    assert line["message"] == "Sheep 7 is\nmissing: 羊"
    assert line["logger"] == "sluice.worker"
    assert datetime.fromisoformat(str(line["time"])).utcoffset() is not None
    assert not any(name.startswith("logging.googleapis.com") for name in line)


def test_it_has_the_trace_of_the_current_span(in_a_trace, monkeypatch):
    line = written(record("baa"))
    assert line["logging.googleapis.com/trace"] == TRACE
    assert line["logging.googleapis.com/spanId"] == SPAN
    assert line["logging.googleapis.com/trace_sampled"] is True

    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "farm")
    assert written(record("baa"))["logging.googleapis.com/trace"] == f"projects/farm/traces/{TRACE}"


def test_fields_hold_inside_their_block_only_and_add_up():
    with log_fields(job=7, record=None):
        with log_fields(fence=9):
            inside = written(record("baa"))
        outside = written(record("baa"))

    assert (inside["job"], inside["fence"]) == (7, 9)
    assert "record" not in inside
    assert (outside["job"], outside.get("fence")) == (7, None)
    assert "job" not in written(record("baa"))


def test_an_exception_is_where_error_reporting_finds_it():
    try:
        raise ValueError("a detail of our insides")
    except ValueError:
        line = written(record("It went wrong", exc_info=sys.exc_info()))

    assert line["message"] == "It went wrong"
    assert str(line["stack_trace"]).startswith("Traceback (most recent call last):")
    assert str(line["stack_trace"]).endswith("ValueError: a detail of our insides")


def test_plain_lines_are_for_reading():
    with log_fields(job=7, queue="parse_excel"):
        line = PlainLines(Mask({})).format(record("Sheep %d is missing", 7))

    assert line == "WARNING sluice.worker: Sheep 7 is missing (job=7 queue=parse_excel)"


@pytest.mark.parametrize("lines", [JsonLines, PlainLines])
def test_no_form_has_secrets_in_messages_or_traces(lines):
    mask = Mask({"DATABASE_URL": "postgresql://ann:s%20esame-open@db/sluice"})
    try:
        raise ValueError('invalid token: "s esame-open"')
    except ValueError:
        made = record("at postgresql://ann:s%%20esame-open@db", exc_info=sys.exc_info())

    line = lines(mask).format(made)

    assert "esame-open" not in line
    assert "ann:***@db" in line
