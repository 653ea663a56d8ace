import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager

import httpx
import psutil
import pytest

from local.ports import free_port, listening
from tests.cli.conftest import ROOT, SAMPLE, SLUICE
from tests.http.files import workbook

MARK = "SLUICE_TEST"
PATIENCE_SECONDS = 60


class Started:
    """A `sluice` process that runs on, and all that it has started."""

    def __init__(self, *arguments, data):
        self.mark, self.data = uuid.uuid4().hex, data
        self.process = subprocess.Popen(
            [*SLUICE, *map(str, arguments), "--data", str(data)],
            cwd=ROOT,
            env={**os.environ, MARK: self.mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self):
        out, err = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, out, err

    def children(self):
        """Those that carry our mark; PostgreSQL overwrites its own, but names its folder."""
        found = []
        for process in psutil.process_iter():
            try:
                marked = process.environ().get(MARK) == self.mark
                if marked or str(self.data) in " ".join(process.cmdline()):
                    found.append(process)
            except psutil.Error:
                continue
        return [process for process in found if process.pid != self.process.pid]

    def wait_until_none_is_left(self):
        until(lambda: not self.children())


def until(happens):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def up(data):
    port = free_port()
    started = Started("up", "--port", port, data=data)
    started.url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: started.process.poll() is not None or answers(f"{started.url}/health/ready"))
        assert started.process.poll() is None, started.end()
        yield started
    finally:
        started.process.kill()
        started.process.communicate()


def answers(url):
    try:
        return httpx.get(url, timeout=PATIENCE_SECONDS).is_success
    except httpx.TransportError:
        return False


def test_run_takes_the_sample_through_and_up_finds_it_again(tmp_path):
    run = Started("run", "--port", free_port(), data=tmp_path)
    code, out, err = run.end()
    assert code == 0, err
    assert "344 rows × 17 columns" in out
    assert "Adelie" in out
    assert run.children() == []
    with up(tmp_path) as again:
        jobs = httpx.get(f"{again.url}/api/v1/jobs").json()["data"]["jobs"]
        task = f"{again.url}/api/v1/sheets/tasks/{jobs[0]['recordId']}"
        page = httpx.get(f"{task}/preview?limit=1").json()["data"]
        again.process.send_signal(signal.SIGINT)
        code, out, _ = again.end()
    assert [job["state"] for job in jobs] == ["completed"]
    assert page["totalRows"] == 344
    assert (code, out.splitlines()[-1]) == (0, "Stopped.")
    assert again.children() == []


def test_run_ends_1_with_the_jobs_sentence_when_the_record_does_not_become_ready(tmp_path):
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(workbook())
    run = Started("run", "--file", empty, "--port", 0, data=tmp_path / "data")
    code, _, err = run.end()
    assert code == 1
    assert "Traceback" not in err
    assert "no rows" in err.splitlines()[-1]
    assert run.children() == []


def test_one_system_a_folder_and_sigterm_ends_all_of_it(tmp_path):
    with up(tmp_path) as started:
        code, _, err = Started("run", "--port", 0, data=tmp_path).end()
        assert (code, err) == (
            1,
            f"Another Sluice runs on {tmp_path}. Stop it, or choose another folder with --data.\n",
        )
        assert len(started.children()) > 8
        started.process.send_signal(signal.SIGTERM)
        code, _, _ = started.end()
    assert code == 0
    assert started.children() == []


def test_an_early_ctrl_c_ends_everything(tmp_path):
    started = Started("run", "--port", 0, data=tmp_path)
    until((tmp_path / "postgres" / "cluster" / "postmaster.pid").exists)
    started.process.send_signal(signal.SIGINT)
    code, _, err = started.end()
    assert code == 130
    assert "Traceback" not in err
    assert started.children() == []


@pytest.mark.parametrize(
    ("victim", "name"),
    [("functions/worker/gunicorn_conf.py", "The function worker"), ("postgres", "PostgreSQL")],
)
def test_a_crash_of_one_process_ends_everything_and_is_named(tmp_path, victim, name):
    with up(tmp_path) as started:
        family = started.children()
        crashed = next(
            process
            for process in family
            if victim in " ".join(process.cmdline()) and process.ppid() == started.process.pid
        )
        crashed.kill()
        code, _, err = started.end()
    assert code == 1
    assert err.startswith(f"{name} has ended by itself (SIGKILL).")
    assert started.children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a parent's death")
def test_kill_9_leaves_nothing_and_a_second_start_works(tmp_path):
    with up(tmp_path) as started:
        with SAMPLE.open("rb") as file:
            accepted = httpx.post(f"{started.url}/api/v1/sheets/tasks", files={"file": file}).json()
        started.process.kill()
        started.wait_until_none_is_left()
    with up(tmp_path) as again:
        status = f"{again.url}{accepted['data']['statusUrl']}"
        until(lambda: httpx.get(status).json()["data"]["status"] != "processing")
        assert httpx.get(status).json()["data"]["status"] == "ready"


def test_a_used_port_gives_one_line(tmp_path):
    with listening(0) as listener:
        port = listener.getsockname()[1]
        code, _, err = Started("up", "--port", port, data=tmp_path).end()
    assert (code, err) == (1, f"Port {port} is in use. Choose another one with --port.\n")
