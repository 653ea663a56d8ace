"""A job that takes more than it may ends, is told why, and nobody else notices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.bucket import Bucket
from shared.queue.policy import declare
from tests.worker.conftest import BUDGET_SECONDS
from tests.worker.jobs import known, ledger, put_sheep, sentences
from tests.worker.narrow import LIMITS, are_gone, children, put_overreach, told_pids
from tests.worker.process import WorkerProcess, draining, running
from tests.worker.signs import wait_until

TOO_MUCH_MEMORY = (
    "The work needed more than 700 MiB of memory, the most that is allowed. Try a smaller file, or"
    " allow more (WORKER_JOB_MEMORY_MIB)."
)
TOO_MANY_TASKS = (
    "The work started too many threads or processes; 40 are the most that is allowed"
    " (WORKER_JOB_TASKS)."
)
CAUSES = {
    "fill_memory": TOO_MUCH_MEMORY,
    "fill_memory_natively": TOO_MUCH_MEMORY,
    "fill_a_file": "The work wrote more than 8 MiB into one temporary file, the most that is"
    " allowed. Try a smaller file, or allow more (WORKER_JOB_FILE_MIB).",
    "read_what_is_not_there": "The process that worked on this died (SIGSEGV), perhaps over"
    " something unusual in the file. Saving the file anew may help.",
    "give_up": "The process that worked on this died (SIGABRT), perhaps over something unusual in"
    " the file or for want of memory. Try a smaller file, or save it anew.",
    "spin": "The work took more than 2 s of processor time, the most that is allowed. Try a smaller"
    " file, or allow more (WORKER_JOB_CPU_SECONDS).",
    "leave": "The process that worked on this died (exit code 4).",
    "be_killed": "The process that worked on this died (SIGKILL), most likely because the machine"
    " ran out of memory. Try a smaller file, or give the worker more memory.",
    "start_threads": TOO_MANY_TASKS,
    "start_processes": TOO_MANY_TASKS,
}


@pytest.fixture(scope="module")
def narrow_worker(
    house, database, bucket: Bucket, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WorkerProcess]:
    """Two slots, little of everything, and a temporary folder with a name beyond any socket's."""
    env = {
        "DATABASE_URL": database,
        "WORKER_BUDGET_SECONDS": str(BUDGET_SECONDS),
        "WORKER_SLOTS": "2",
        **LIMITS,
        **bucket.env,
    }
    folder = tmp_path_factory.mktemp("narrow") / ("long" * 40)
    folder.mkdir()
    with running(WorkerProcess(house, folder, env)) as worker:
        yield worker


@pytest.fixture(autouse=True)
def _declared(conn) -> None:
    declare(conn, "overreach")


@pytest.mark.parametrize("how", CAUSES)
def test_the_cause_of_a_death_is_told(narrow_worker, conn, signs, how):
    job_id = put_overreach(conn, signs, how)

    counts = narrow_worker.drain()

    assert (counts["claimed"], counts["buried"]) == (1, 1)
    assert sentences(known(conn, job_id)) == [CAUSES[how]]
    assert narrow_worker.job_folders() == []
    assert children(narrow_worker) == []


def test_what_native_code_said_at_last_is_kept_for_operators(narrow_worker, conn, signs):
    job_id = put_overreach(conn, signs, "read_what_is_not_there")
    narrow_worker.drain()

    (error,) = known(conn, job_id).errors
    assert "Segmentation fault" in error["trace"]
    assert "in read_what_is_not_there" in error["trace"]


def test_too_many_processes_end_together(narrow_worker, conn, signs):
    put_overreach(conn, signs, "start_processes")

    narrow_worker.drain()

    pids = told_pids(signs)
    assert len(pids) >= 40
    assert are_gone(pids)


def test_the_other_slot_and_the_next_jobs_go_on(narrow_worker, conn, signs):
    sheep = put_sheep(conn, signs, gate=0)
    ways = ("fill_memory", "read_what_is_not_there", "start_processes", "leave")
    bad = [put_overreach(conn, signs, how) for how in ways]
    last = put_overreach(conn, signs, "behave")
    with draining(narrow_worker) as [drain]:
        wait_until(lambda: known(conn, last).state == "completed", seconds=BUDGET_SECONDS)
        assert {known(conn, job_id).state for job_id in bad} == {"buried"}
        assert known(conn, sheep).state == "running"
        signs.open_the_gate()

    assert drain.result()["completed"] == 2
    assert known(conn, sheep).attempts == 1
    assert ("a count", "3 sheep") in ledger(conn)


def test_the_time_is_each_jobs_own_also_in_a_child_that_is_used_again(narrow_worker, conn, signs):
    put_sheep(conn, signs, gate=0)
    jobs = [put_overreach(conn, signs, "use_most_of_the_time") for _ in range(4)]
    with draining(narrow_worker) as [drain]:
        wait_until(lambda: known(conn, jobs[-1]).state == "completed", seconds=BUDGET_SECONDS)
        signs.open_the_gate()

    assert drain.result()["completed"] == 5
    assert len({pid for name, pid in ledger(conn) if name == "use_most_of_the_time"}) == 1
