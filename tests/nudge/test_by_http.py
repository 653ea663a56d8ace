"""NUDGE=http through real functions; there is no tick."""

import socket
from datetime import timedelta

import httpx
import pytest

from shared.jobs.parse_excel import ParseExcel
from shared.queue import drains
from shared.queue.attempt_error import AttemptError
from shared.queue.bury import bury
from shared.queue.claim import claim
from shared.queue.policy import change_policy
from tests.nudge.work import CSV, extra_ms, upload, wait_for_end
from tests.nudge.workers import CountingWorker, dead_worker, mute_worker, unreachable_worker
from tests.worker.signs import wait_until


def test_an_upload_starts_the_work_at_once(start, conn):
    worker = start("worker")
    function = start("upload", NUDGE="http", WORKER_URL=worker.url)

    first = wait_for_end(conn, upload(function))
    second = wait_for_end(conn, upload(function))

    assert first[0] == second[0] == "completed"
    assert second[1] < 1


def test_without_a_nudge_it_waits(start, conn, counting_worker):
    start("worker")
    job_id = upload(start("upload", NUDGE="none", WORKER_URL=counting_worker.url))

    assert conn.execute("select id from queue.job where fence is null").fetchall() == [(job_id,)]
    assert counting_worker.requests == []


def test_a_task_from_a_resumable_upload_starts_at_once(start, conn):
    worker = start("worker")
    function = start("upload", NUDGE="http", WORKER_URL=worker.url)
    with httpx.Client(base_url=function.url, timeout=30) as client:
        promised = client.post("/api/v1/uploads", json={"fileName": "a.csv", "size": len(CSV)})
        upload_id, url = (promised.json()["data"][name] for name in ("uploadId", "uploadUrl"))
        span = {"Content-Range": f"bytes 0-{len(CSV) - 1}/{len(CSV)}"}
        assert client.put(url, content=CSV, headers=span).status_code == 200
        started = client.post("/api/v1/sheets/tasks", json={"uploadId": upload_id})

    assert started.status_code == 202
    assert wait_for_end(conn, started.json()["data"]["jobId"])[0] == "completed"


@pytest.mark.parametrize("worker", [dead_worker, mute_worker, unreachable_worker])
def test_a_worker_that_is_not_there_costs_next_to_nothing(start, worker):
    silent = start("upload")
    with worker() as url:
        nudging = start("upload", NUDGE="http", WORKER_URL=url)

        assert extra_ms(nudging, silent, allowed=20) <= 20


def test_a_nudge_that_fails_is_logged(start):
    with dead_worker() as url:
        function = start("upload", NUDGE="http", WORKER_URL=url)
        upload(function)

        wait_until(lambda: "The worker was not nudged" in function.child.log.read_text())
    assert "Connection refused" in function.child.log.read_text()


def test_a_bad_answer_is_logged(start):
    with CountingWorker(status=404) as worker:
        function = start("upload", NUDGE="http", WORKER_URL=f"{worker.url}wrong?way")
        upload(function)

        wait_until(lambda: "answered: HTTP/1.1 404" in function.child.log.read_text())
    assert worker.requests == [("/wrong?way", b"")]


def test_the_worker_works_although_the_caller_has_gone(start, conn):
    worker = start("worker")
    job_id = upload(start("upload"))
    host, port = worker.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nHost: worker\r\nContent-Length: 0\r\n\r\n")

    assert wait_for_end(conn, job_id)[0] == "completed"


def test_nobody_is_nudged_while_enough_drains_are_live(start, conn, counting_worker):
    function = start("upload", NUDGE="http", WORKER_URL=counting_worker.url, WORKER_MAX_DRAINS="2")
    live = [drains.enter(conn, timedelta(minutes=1)) for _ in range(2)]
    upload(function)
    assert counting_worker.requests == []

    drains.leave(conn, live[0])
    upload(function)
    wait_until(lambda: len(counting_worker.requests) == 1)


def test_a_retry_and_a_resumed_queue_nudge(start, conn, counting_worker):
    job_id = upload(start("upload"))
    (job,) = claim(conn, "parse_excel", version=ParseExcel.version)
    bury(conn, job, AttemptError(attempt=1, message="It rained."))
    function = start("status", NUDGE="http", WORKER_URL=counting_worker.url)
    with httpx.Client(base_url=function.url, timeout=30) as client:
        assert client.post(f"/api/v1/jobs/{job_id}/retry").status_code == 200
        wait_until(lambda: len(counting_worker.requests) == 1)
        assert client.post(f"/api/v1/jobs/{job_id}/retry").status_code == 409

        (job,) = claim(conn, "parse_excel", version=ParseExcel.version)
        bury(conn, job, AttemptError(attempt=1, message="It rained."))
        assert client.post("/api/v1/jobs/retry", json={"ids": [job_id]}).status_code == 200
        wait_until(lambda: len(counting_worker.requests) == 2)
        assert client.post("/api/v1/jobs/retry", json={"ids": [job_id]}).status_code == 200

        change_policy(conn, "parse_excel", paused=True)
        assert client.post("/api/v1/queues/parse_excel/resume").status_code == 200
        wait_until(lambda: len(counting_worker.requests) == 3)
    assert len(counting_worker.requests) == 3
