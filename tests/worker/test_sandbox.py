"""What a job's process sees, and what is left of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil

from shared.queue.policy import declare
from tests.worker.jobs import known, ledger, put_look, put_sheep, put_trouble
from tests.worker.narrow import are_gone, put_overreach, told_pids
from tests.worker.process import WorkerProcess, draining, running
from tests.worker.signs import wait_until


def look(worker, conn) -> dict[str, object]:
    put_look(conn)
    worker.drain()
    ((_, seen),) = ledger(conn)
    found: dict[str, object] = json.loads(seen)
    return found


def test_a_job_is_told_what_it_needs_and_no_secret(house, database, bucket, conn, tmp_path):
    secrets = {"LLM_API_KEY": "k", "AWS_SECRET_ACCESS_KEY": "k", "OF_SOMEBODY_ELSE": "k"}
    env = {"DATABASE_URL": database, **secrets, **bucket.env}
    with running(WorkerProcess(house, tmp_path, env)) as worker:
        variables = set(look(worker, conn)["variables"])

    assert variables.isdisjoint({"DATABASE_URL", *secrets})
    assert {"STORAGE_EMULATOR_HOST", "PATH", "TMPDIR"} <= variables


def test_a_job_has_a_temporary_folder_which_is_gone_afterwards(worker, conn, signs):
    folder = Path(look(worker, conn)["folder"])
    assert folder.parent == worker.scratch

    for how in ("crash", "leave"):
        put_trouble(conn, signs, how, max_attempts=1)
    put_sheep(conn, signs)
    worker.drain()
    assert worker.job_folders() == []


def test_what_a_job_has_started_ends_with_it(worker, conn, signs):
    declare(conn, "overreach")
    put_overreach(conn, signs, "leave_processes")

    assert worker.drain()["completed"] == 1

    pids = told_pids(signs)
    assert len(pids) == 3
    wait_until(lambda: are_gone(pids), seconds=5)


def test_nothing_is_left_when_the_worker_is_killed(start_worker, conn, signs):
    declare(conn, "overreach")
    put_overreach(conn, signs, "leave_processes_and_wait")
    with start_worker(20.0) as worker, ThreadPoolExecutor(1) as pool:
        drain = pool.submit(worker.drain)
        signs.wait_until_reached()
        server = worker.server()
        pids = [child.pid for child in server.children(recursive=True)]
        for process in (psutil.Process(worker.child.pid), server):
            process.kill()
        wait_until(lambda: are_gone([*pids, *told_pids(signs)]), seconds=10)
        assert isinstance(drain.exception(), httpx.TransportError)


def test_a_fork_server_that_was_killed_is_replaced(worker, conn, signs):
    job_id = put_sheep(conn, signs, gate=1)
    with draining(worker) as [drain]:
        signs.wait_until_reached()
        (server,) = worker.server().children()
        server.kill()
        wait_until(lambda: known(conn, job_id).state in ("retrying", "waiting"), seconds=5)
        signs.open_the_gate()
        (error,) = known(conn, job_id).errors
        conn.execute("update queue.job set due_at = clock_timestamp()")

    assert error["message"] == "The process that worked on this was lost."
    counts = drain.result() if known(conn, job_id).state == "completed" else worker.drain()
    assert counts["completed"] == 1
    assert ledger(conn) == [("a count", "3 sheep")]


def test_the_folder_is_gone_even_when_the_worker_is_killed(start_worker, conn, signs):
    put_sheep(conn, signs, gate=0)
    with start_worker(20.0) as worker, ThreadPoolExecutor(1) as pool:
        drain = pool.submit(worker.drain)
        signs.wait_until_reached()
        assert len(worker.job_folders()) == 1
        for process in (psutil.Process(worker.child.pid), worker.server()):
            process.kill()
        wait_until(lambda: worker.job_folders() == [])
        assert isinstance(drain.exception(), httpx.TransportError)
