"""One upload is one trace, from the caller's span to the worker's attempt."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping

import httpx
import psycopg

from local.functions import FunctionProcess
from local.ports import HOST, free_port
from shared.jobs.forget_keys import ForgetKeys
from shared.queue.enqueue_many import NewJob, enqueue_many
from tests.telemetry.conftest import SAMPLE, lines_of

TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TRACEPARENT = f"00-{TRACE}-{CALLER}-01"
BROKEN = b"PK\x03\x04 xl/workbook.xml PK\x05\x06".ljust(64, b"\0")
AT_ONCE = {"OTEL_BSP_SCHEDULE_DELAY": "50"}

REQUEST, ENQUEUE, WORK = "POST /api/v1/sheets/tasks", "enqueue parse_excel", "work parse_excel"


def about_attempts(function: FunctionProcess) -> list[Mapping[str, object]]:
    return [line for line in lines_of(function) if "job" in line]


def test_the_spans_of_upload_and_worker_are_one_trace(collector, start_house):
    house = start_house(OTEL_EXPORTER_OTLP_ENDPOINT=collector.url, **AT_ONCE)
    job = house.send(SAMPLE.read_bytes(), traceparent=TRACEPARENT, **{"x-request-id": "r-1"})
    assert house.drain()["completed"] == 1

    request, enqueue, work = collector.wait_for(REQUEST, ENQUEUE, WORK, trace=TRACE)

    assert (request.parent, enqueue.parent, work.parent) == (CALLER, request.id, enqueue.id)
    assert (request.service, enqueue.service, work.service) == (
        "sluice-upload",
        "sluice-upload",
        "sluice-worker",
    )
    assert request.attributes["http.response.status_code"] == 202
    assert request.attributes["sluice.request"] == "r-1"
    assert enqueue.attributes["sluice.queue"] == "parse_excel"
    assert not any(span.failed for span in (request, enqueue, work))
    how_far, line = about_attempts(house.worker)
    assert how_far["fence"] == line["fence"]
    assert work.attributes == {
        "sluice.job": job,
        "sluice.record": line["record"],
        "sluice.fence": line["fence"],
        "sluice.queue": "parse_excel",
        "sluice.attempt": 1,
        "sluice.max_attempts": 5,
        "sluice.outcome": "completed",
    }
    (drain,) = [span for span in collector.spans if span.name == "POST /"]
    assert drain.trace != TRACE
    assert drain.seconds >= work.seconds


def test_a_failed_attempt_is_one_in_its_span_and_in_its_log(collector, start_house):
    house = start_house(OTEL_TRACES_EXPORTER="otlp", OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
    job = house.send(BROKEN, traceparent=TRACEPARENT)
    house.drain()

    (work,) = collector.wait_for(WORK, trace=TRACE)
    lines = about_attempts(house.worker)

    assert work.failed
    assert work.attributes["sluice.outcome"] == "buried"
    assert [line["severity"] for line in lines] == ["INFO", "WARNING", "INFO"]
    for line in lines:
        assert (line["job"], line["fence"]) == (job, work.attributes["sluice.fence"])
        assert line["record"] == work.attributes["sluice.record"]
        assert line["logging.googleapis.com/trace"] == TRACE
        assert line["logging.googleapis.com/spanId"] == work.id


def test_jobs_that_are_sql_have_a_span_per_batch(collector, start_house):
    house = start_house(OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
    with psycopg.connect(house.database) as conn:
        enqueue_many(conn, [NewJob(ForgetKeys(), tenant="farm", trace=TRACEPARENT)] * 500)
    assert house.drain()["completed"] == 500

    batches = [span for span in collector.spans if "sluice.jobs" in span.attributes]
    single = [span for span in collector.spans if "sluice.job" in span.attributes]

    assert {span.name for span in (*batches, *single)} == {"work forget_keys"}
    assert sum(int(span.attributes["sluice.jobs"]) for span in batches) + len(single) == 500
    assert len(batches) + len(single) < 50
    assert {span.trace for span in single} <= {TRACE}


def test_without_an_exporter_a_trace_still_joins_the_logs(start_house):
    house = start_house(GUNICORN_LOG_LEVEL="info")
    job = house.send(SAMPLE.read_bytes(), traceparent=TRACEPARENT)
    orphan, other = (house.send(SAMPLE.read_bytes()) for _ in range(2))
    assert house.trace_of(job) == TRACEPARENT
    version, own, span, flags = house.trace_of(orphan).split("-")
    assert (version, len(own), len(span), flags) == ("00", 32, 16, "01")
    assert own not in house.trace_of(other)

    house.drain()

    log = house.worker.child.log.read_text().splitlines()
    lines = [json.loads(line) for line in log if line.startswith("{")]
    traces = {line["job"]: line["logging.googleapis.com/trace"] for line in lines if "job" in line}
    assert (traces[job], traces[orphan]) == (TRACE, own)
    assert any(line["logger"] == "gunicorn.error" for line in lines)


def test_a_collector_that_is_gone_costs_a_drain_a_second_at_most(start_house):
    house = start_house(
        OTEL_EXPORTER_OTLP_ENDPOINT=f"http://{HOST}:{free_port()}", OTEL_EXPORTER_OTLP_TIMEOUT="4"
    )
    house.send(SAMPLE.read_bytes())
    worked = house.drain()
    assert worked["completed"] == 1

    began = time.monotonic()
    idle = house.drain()

    assert time.monotonic() - began < idle["elapsedSeconds"] + 2


def test_no_log_has_the_databases_password(bucket, tmp_path):
    password = "100%pure-new-wool"
    url = f"postgresql://sluice:{password}@{HOST}:{free_port()}/sluice"
    env = {"DATABASE_URL": url, "LOG_FORMAT": "json", **bucket.env}
    status = FunctionProcess("status", env=env, log=tmp_path / "status.log")
    status.start()
    try:
        status.child.wait_ready(lambda: is_alive(status.url), seconds=30)
        answer = httpx.get(f"{status.url}/health/ready", timeout=30)
    finally:
        status.stop()

    assert answer.status_code == 503
    log = status.child.log.read_text()
    assert "invalid percent-encoded token" in log
    assert "pure-new-wool" not in log + answer.text
    assert lines_of(status)


def is_alive(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/live").status_code == 200
    except httpx.TransportError:
        return False
