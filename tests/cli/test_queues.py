"""Operators steer queues, schedules and batches from the command line."""

import json
import uuid
from datetime import UTC, datetime

import psycopg
import pytest

from local.system import DATABASE
from shared.queue.batch import fan_out
from shared.queue.schedule import put_schedule
from tests.http.operated import QuietQueue

OPERATOR = {"SLUICE_USER": "local"}


@pytest.fixture
def conn(served):
    with psycopg.connect(served.postgres.ensure_database(DATABASE), autocommit=True) as own:
        yield own


@pytest.fixture
def queue(conn):
    return QuietQueue(conn)


@pytest.fixture
def operate(sluice):
    """Run a command as an operator and return its JSON."""

    def run(*arguments):
        done = sluice(*arguments, "--json", **OPERATOR)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_queues_are_listed_for_people_and_for_scripts(sluice, operate, queue):
    queue.fail()
    queue.put()

    assert queue.name in [each["queue"] for each in operate("queues")["queues"]]
    shown = sluice("queues", **OPERATOR)
    assert shown.returncode == 0
    assert queue.name in shown.stdout
    assert "14d" in shown.stdout


def test_a_policy_is_set_and_its_limits_lifted(sluice, operate, queue):
    queue.put()
    changed = operate(
        *("queues", "set", queue.name, "--lease", "90s", "--max-attempts", 3),
        *("--max-running", 4, "--max-running-per-tenant", 2, "--rate", "10/30s"),
        *("--backoff-base", "500ms", "--backoff-cap", "1h", "--keep", "30d"),
    )
    expected = {
        "leaseSeconds": 90,
        "maxAttempts": 3,
        "maxRunning": 4,
        "maxRunningPerTenant": 2,
        "rate": 10,
        "ratePeriodSeconds": 30,
        "backoffBaseSeconds": 0.5,
        "backoffCapSeconds": 3600,
        "keepSeconds": 30 * 86400,
    }
    assert {name: changed[name] for name in expected} == expected

    lifted = operate("queues", "set", queue.name, "--max-running", "none", "--rate", "none")
    assert (lifted["maxRunning"], lifted["rate"]) == (None, None)
    assert lifted["maxRunningPerTenant"] == 2


def test_a_queue_is_paused_and_resumed(operate, queue):
    queue.put()
    assert operate("queues", "pause", queue.name)["paused"]
    assert not operate("queues", "resume", queue.name)["paused"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "x", "--lease", "30"), "30s"),
        (("set", "x", "--lease", "-1s"), "30s"),
        (("set", "x", "--rate", "10"), "10/s"),
        (("set", "x", "--rate", "none/s"), "10/s"),
        (("set", "x", "--max-running", "0"), "1 or more, or none"),
        (("set", "x"), "Say what to change"),
        (("set", "nobody-uses-it", "--lease", "30s"), "There is no queue 'nobody-uses-it'"),
        (("pause", "no name"), "letters, digits, '_' and '-'"),
        (("--json", "pause", "x"), "after pause"),
    ],
)
def test_2_is_for_what_cannot_be(sluice, arguments, said):
    done = sluice("queues", *arguments, **OPERATOR)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize("command", ["queues", "schedules"])
def test_2_is_for_who_is_no_operator(sluice, command):
    done = sluice(command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "This is for operators, and cli is none: OPERATORS names them.\n"


def test_schedules_are_listed_paused_and_resumed(sluice, operate, queue, conn):
    name = f"yearly-{uuid.uuid4()}"
    now = datetime(2026, 5, 1, tzinfo=UTC)
    put_schedule(conn, name, "0 8 1 1 *", queue.payload, tenant="cli", now=now)

    assert operate("schedules", "pause", name)["paused"]
    assert "paused" in sluice("schedules", **OPERATOR).stdout
    assert not operate("schedules", "resume", name)["paused"]
    assert "2027-01-01 08:00:00" in sluice("schedules", **OPERATOR).stdout
    assert sluice("schedules", "pause", "never-put", **OPERATOR).returncode == 2


def test_a_batch_is_followed_and_cancelled(sluice, queue, conn):
    batch = fan_out(conn, [queue.payload] * 3, tenant="cli")

    assert "0 of 3 jobs have ended" in sluice("batches", "show", batch).stdout
    cancelled = json.loads(sluice("batches", "cancel", batch, "--json").stdout)
    assert (cancelled["pending"], cancelled["failed"]) == (0, 3)
    again = sluice("batches", "cancel", batch)
    assert (again.returncode, "ended already" in again.stderr) == (2, True)
