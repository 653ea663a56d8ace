"""A worker that is told to stop hands its jobs back and is gone in time."""

from __future__ import annotations

import os
import signal
import time

import psutil

from tests.worker.jobs import known, put_sheep, put_trouble
from tests.worker.process import draining
from tests.worker.signs import wait_until

GONE_SECONDS = 8.0


def test_sigterm_hands_the_job_back_and_spends_nothing(start_worker, conn, signs):
    job_id = put_sheep(conn, signs, sheep=4, gate=0, max_attempts=1)
    with start_worker(60) as stopped, draining(stopped) as (drain,):
        wait_until((signs.folder / "reached").exists)
        told = time.monotonic()
        os.kill(stopped.child.pid, signal.SIGTERM)
        counts = drain.result()
        psutil.Process(stopped.child.pid).wait(GONE_SECONDS)
        assert time.monotonic() - told < GONE_SECONDS

    assert (counts["released"], counts["stoppedBecause"]) == (1, "stopping")
    assert (known(conn, job_id).state, known(conn, job_id).attempts) == ("waiting", 0)


def test_a_job_that_hears_nothing_does_not_keep_the_worker(start_worker, conn, signs):
    job_id = put_trouble(conn, signs, "hear_nothing")
    with start_worker(60) as stopped, draining(stopped) as (drain,):
        wait_until((signs.folder / "reached").exists)
        told = time.monotonic()
        os.kill(stopped.child.pid, signal.SIGTERM)
        counts = drain.result()
        psutil.Process(stopped.child.pid).wait(GONE_SECONDS)
        assert time.monotonic() - told < GONE_SECONDS

    assert counts["released"] == 1
    assert known(conn, job_id).attempts == 0


def test_a_drain_ends_when_its_master_has_died(start_worker, conn, signs):
    job_id = put_sheep(conn, signs, gate=1)
    with start_worker(60) as orphaned, draining(orphaned) as (drain,):
        wait_until((signs.folder / "reached").exists)
        server = orphaned.server()
        os.kill(orphaned.child.pid, signal.SIGKILL)
        counts = drain.result()
        server.wait(GONE_SECONDS)

    assert counts["stoppedBecause"] == "stopping"
    assert known(conn, job_id).state == "waiting"
