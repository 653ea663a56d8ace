"""What a job's process sees, and what is left of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil

from tests.worker.jobs import ledger, put_look, put_sheep, put_trouble
from tests.worker.signs import wait_until


def look(worker, conn) -> dict[str, object]:
    put_look(conn)
    worker.drain()
    ((_, seen),) = ledger(conn)
    found: dict[str, object] = json.loads(seen)
    return found


def test_a_job_is_not_told_where_the_database_is(worker, conn):
    variables = look(worker, conn)["variables"]

    assert "DATABASE_URL" not in variables
    assert "STORAGE_EMULATOR_HOST" in variables


def test_a_job_has_a_temporary_folder_which_is_gone_afterwards(worker, conn, signs):
    folder = Path(look(worker, conn)["folder"])
    assert folder.parent == worker.scratch

    for how in ("crash", "leave"):
        put_trouble(conn, signs, how, max_attempts=1)
    put_sheep(conn, signs)
    worker.drain()
    assert worker.job_folders() == []


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
