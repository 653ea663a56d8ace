"""Jobs are found, shown, cancelled and retried from the command line."""

import json

import psycopg
import pytest

from local.system import DATABASE
from tests.http.operated import QuietQueue

OPERATOR = {"SLUICE_USER": "local"}


@pytest.fixture
def queue(served):
    with psycopg.connect(served.postgres.ensure_database(DATABASE), autocommit=True) as conn:
        yield QuietQueue(conn)


@pytest.fixture
def listed(sluice):
    """List jobs' ids."""

    def run(*arguments, **env):
        done = sluice("jobs", *arguments, "--json", **env)
        assert done.returncode == 0, done.stderr
        return [job["jobId"] for job in json.loads(done.stdout)["jobs"]]

    return run


def test_jobs_are_listed_by_filter(listed, queue):
    buried = queue.fail("cli")
    mine, bobs = queue.put("cli"), queue.put("bob")

    assert listed("--queue", queue.name) == [mine, buried]
    assert listed("--queue", queue.name, "--state", "buried") == [buried]
    assert listed("--queue", queue.name, "--all", **OPERATOR) == [bobs, mine, buried]
    assert listed("--queue", queue.name, "--tenant", "bob", **OPERATOR) == [bobs]


def test_others_jobs_are_for_operators(sluice):
    for arguments in (["--all"], ["--tenant", "bob"]):
        done = sluice("jobs", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "for operators" in done.stderr


def test_a_job_is_shown_with_every_attempt(sluice, queue):
    job = queue.fail("cli")

    shown = sluice("jobs", "show", job).stdout
    assert "buried" in shown
    assert "It rained." in shown
    assert "The sheep ran away." in shown
    assert "line 1" not in shown
    assert "line 1" in sluice("jobs", "show", job, **OPERATOR).stdout
    assert sluice("jobs", "show", job, "--user", "bob").returncode == 2


def test_a_waiting_job_says_why(sluice, queue):
    queue.put("cli")
    job = queue.put("cli")

    assert "One job goes before it." in sluice("jobs", "show", job).stdout


def test_jobs_are_cancelled_and_retried_by_filter(sluice, listed, queue):
    buried = queue.fail("cli")
    waiting = [queue.put("cli") for _ in range(3)]

    cancelled = sluice("jobs", "cancel", "--queue", queue.name, "--yes", "--json")
    assert json.loads(cancelled.stdout) == {"changed": 3, "skipped": 0}
    assert listed("--queue", queue.name, "--state", "cancelled") == waiting[::-1]

    retried = sluice("jobs", "retry", "--queue", queue.name, "--yes")
    assert retried.stdout == "Jobs waiting again: 1\n"
    assert listed("--queue", queue.name, "--state", "waiting") == [buried]


def test_jobs_are_changed_by_id(sluice, listed, queue):
    first, second, bobs = queue.put("cli"), queue.put("cli"), queue.put("bob")

    assert sluice("jobs", "cancel", first).returncode == 0
    ended = sluice("jobs", "cancel", first)
    assert (ended.returncode, "ended already" in ended.stderr) == (2, True)
    some = sluice("jobs", "cancel", second, bobs, "--json")
    assert json.loads(some.stdout) == {"changed": 1, "skipped": 1}
    assert (some.returncode, "1 of the named jobs" in some.stderr) == (2, True)
    assert listed("--queue", queue.name, "--all", "--state", "waiting", **OPERATOR) == [bobs]


def test_nothing_is_changed_by_an_oversight(sluice, listed, queue):
    job = queue.put("cli")

    for arguments, said in (([], "Say which jobs"), (["--queue", queue.name], "Say --yes")):
        done = sluice("jobs", "cancel", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    assert listed("--queue", queue.name, "--state", "waiting") == [job]
