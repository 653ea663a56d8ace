"""A child that is as good as new works again; any other is replaced."""

from __future__ import annotations

import pytest

from shared.queue.policy import declare
from tests.worker.jobs import ledger, put_look, put_sheep
from tests.worker.narrow import children, put_overreach
from tests.worker.signs import wait_until


@pytest.fixture(autouse=True)
def _declared(conn) -> None:
    declare(conn, "overreach")


def pids_of(worker, conn, signs, *ways: str) -> list[str]:
    """Which processes the jobs ran in, in order; those that failed are missing."""
    for how in ways:
        put_overreach(conn, signs, how)
    worker.drain()
    return [pid for name, pid in ledger(conn) if name in ways]


def test_jobs_of_one_kind_share_a_child(worker, conn, signs):
    put_look(conn)
    put_sheep(conn, signs)

    pids = pids_of(worker, conn, signs, *["behave"] * 4)

    assert len(pids) == 4
    assert len(set(pids)) == 1


def test_each_job_finds_an_empty_temporary_folder(worker, conn, signs):
    pids = pids_of(worker, conn, signs, *["use_temporary_files"] * 3)

    assert len(pids) == 3
    assert len(set(pids)) == 1
    assert worker.job_folders() == []


@pytest.mark.parametrize("how", ["leave_a_thread", "leave_processes"])
def test_a_child_in_which_something_goes_on_is_not_used_again(worker, conn, signs, how):
    first, second = pids_of(worker, conn, signs, how, "behave")

    assert first != second


def test_a_child_whose_job_failed_is_not_used_again(worker, conn, signs):
    pids = pids_of(worker, conn, signs, "behave", "read_what_is_not_there", "behave")

    assert len(set(pids)) == 2


def test_no_child_outlives_its_drain(worker, conn, signs):
    pids_of(worker, conn, signs, "behave")

    wait_until(lambda: children(worker) == [], seconds=5)
