import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from shared.errors import InvalidSchedule
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.schedule import pause_schedule, put_schedule, run_schedules, schedules
from tests.postgres.jobs import QUEUE, CountSheep

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
HOURLY = "0 * * * *"


def plan(conn, cron: str = HOURLY, **options: object) -> None:
    put_schedule(conn, "flock", cron, CountSheep(), tenant="farm", now=NOON, **options)


def test_a_tick_enqueues_once(conn):
    plan(conn)
    assert run_schedules(conn, NOON + timedelta(minutes=59)) == []
    assert len(run_schedules(conn, NOON + timedelta(minutes=60))) == 1
    assert run_schedules(conn, NOON + timedelta(minutes=60)) == []
    assert len(claim(conn, QUEUE, limit=5)) == 1


def test_drains_that_look_at_once_enqueue_once(conn, connect):
    plan(conn)
    start = threading.Barrier(6)
    found: list[int] = []

    def race(own: psycopg.Connection) -> None:
        start.wait()
        with own.transaction():
            found.extend(run_schedules(own, NOON + timedelta(hours=1)))

    threads = [threading.Thread(target=race, args=(connect(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 1


@pytest.mark.parametrize(("missed", "jobs"), [("once", 1), ("each", 5), ("skip", 1)])
def test_missed_ticks_are_made_up_for_as_asked(conn, missed, jobs):
    plan(conn, missed=missed)

    assert len(run_schedules(conn, NOON + timedelta(hours=5))) == jobs
    assert run_schedules(conn, NOON + timedelta(hours=5, minutes=59)) == []


def test_skip_enqueues_nothing_when_the_last_tick_is_long_past(conn):
    plan(conn, missed="skip")

    assert run_schedules(conn, NOON + timedelta(hours=5, minutes=30)) == []
    assert len(run_schedules(conn, NOON + timedelta(hours=6))) == 1


def test_a_schedule_follows_its_time_zone_through_a_change_of_clocks(conn):
    winter = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    plan = {"tenant": "farm", "now": winter}
    put_schedule(conn, "dawn", "30 6 * * *", CountSheep(), time_zone="Europe/Berlin", **plan)
    put_schedule(conn, "dusk", "0 20 * * *", CountSheep(), time_zone="Asia/Shanghai", **plan)

    assert [schedule.next_at for schedule in schedules(conn)] == [
        datetime(2026, 3, 29, 4, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 12, 0, tzinfo=UTC),
    ]


def test_putting_it_again_keeps_the_next_tick_unless_the_cron_line_changed(conn):
    plan(conn)
    before = schedules(conn)[0].next_at
    later = NOON + timedelta(hours=3)
    put_schedule(conn, "flock", HOURLY, CountSheep(sheep=2), tenant="farm", now=later)
    assert (schedules(conn)[0].next_at, schedules(conn)[0].payload["sheep"]) == (before, 2)

    put_schedule(conn, "flock", "30 * * * *", CountSheep(), tenant="farm", now=later)
    assert schedules(conn)[0].next_at == later + timedelta(minutes=30)


def test_what_an_operator_has_changed_is_left_alone_if_asked(conn):
    plan(conn, cron="30 * * * *")
    pause_schedule(conn, "flock", paused=True)
    (before,) = schedules(conn)

    assert not put_schedule(
        conn, "flock", HOURLY, CountSheep(sheep=2), tenant="farm", now=NOON, if_absent=True
    )
    assert schedules(conn) == [before]
    assert put_schedule(conn, "herd", HOURLY, CountSheep(), tenant="farm", now=NOON, if_absent=True)
    assert [schedule.name for schedule in schedules(conn)] == ["flock", "herd"]


def test_an_alone_schedule_waits_for_the_end_of_its_last_job(conn):
    plan(conn, alone=True, missed="each")

    (first,) = run_schedules(conn, NOON + timedelta(hours=3))
    assert run_schedules(conn, NOON + timedelta(hours=4)) == []
    (job,) = claim(conn, QUEUE, limit=5)
    assert job.id == first
    assert run_schedules(conn, NOON + timedelta(hours=5)) == []
    complete(conn, job)
    (second,) = run_schedules(conn, NOON + timedelta(hours=6))
    assert second != first


def test_a_paused_schedule_does_nothing(conn):
    plan(conn)
    assert pause_schedule(conn, "flock", paused=True)
    assert run_schedules(conn, NOON + timedelta(hours=1)) == []
    assert not pause_schedule(conn, "herd", paused=True)


@pytest.mark.parametrize(
    ("cron", "zone"),
    [("61 * * * *", "UTC"), ("soon", "UTC"), (HOURLY, "Mars/Olympus"), (HOURLY, "")],
)
def test_a_schedule_that_cannot_be_is_refused(conn, cron, zone):
    with pytest.raises(InvalidSchedule):
        plan(conn, cron=cron, time_zone=zone)
