from datetime import UTC, datetime, timedelta

from shared.queue import overview
from shared.queue.bury import bury
from shared.queue.complete import complete
from shared.queue.due import due
from shared.queue.enqueue import enqueue
from shared.queue.overview import loads
from shared.queue.policy import change_policy, declare
from tests.postgres.jobs import ERROR, MINUTE, QUEUE, CountSheep, ShearSheep, put, take


def test_each_queue_is_told_by_itself(conn):
    put(conn), put(conn), put(conn), put(conn)
    complete(conn, take(conn))
    bury(conn, take(conn), ERROR)
    take(conn)
    put(conn, run_at=datetime.now(UTC) + MINUTE)
    enqueue(conn, ShearSheep(), tenant="farm")
    conn.execute(
        """update queue.job set due_at = due_at - interval '1 h'
            where queue = %s and tag is not null""",
        [QUEUE],
    )

    conn.execute("update queue.job set attempts = 1 where queue = %s and tag is null", [QUEUE])

    found = loads(conn, [QUEUE, ShearSheep.queue, "nobody"])

    assert set(found) == {QUEUE, ShearSheep.queue}
    sheep = found[QUEUE]
    assert (sheep.waiting, sheep.delayed, sheep.running, sheep.dead_letters) == (1, 1, 1, 1)
    assert sheep.retrying == 1
    assert (sheep.completed_last_minute, sheep.completed_last_hour) == (1, 1)
    assert timedelta(hours=1) <= sheep.oldest < timedelta(hours=2)
    other = found[ShearSheep.queue]
    assert (other.waiting, other.running, other.dead_letters) == (1, 0, 0)


def test_who_is_woken_up_is_told_only_of_what_was_tried_to_the_end_and_lately(conn):
    for _ in range(3):
        put(conn)
    bury(conn, take(conn), ERROR)  # it could not be helped, and said so
    conn.execute("update queue.job set max_attempts = 1")
    bury(conn, take(conn), ERROR)
    conn.execute("update queue.ended set ended_at = ended_at - interval '61 min'")
    bury(conn, take(conn), ERROR)

    found = loads(conn, [QUEUE])[QUEUE]

    assert (found.dead_letters, found.given_up_last_hour) == (3, 1)


def test_the_minute_is_a_part_of_the_hour(conn):
    put(conn), put(conn)
    complete(conn, take(conn))
    conn.execute("update queue.ended set ended_at = ended_at - interval '2 min'")
    complete(conn, take(conn))

    sheep = loads(conn, [QUEUE])[QUEUE]

    assert (sheep.completed_last_minute, sheep.completed_last_hour) == (1, 2)
    assert (sheep.waiting, sheep.oldest) == (0, None)


def test_a_delayed_job_that_is_due_waits(conn):
    put(conn, run_at=datetime.now(UTC) + MINUTE)
    conn.execute("update queue.job set due_at = clock_timestamp() - interval '1 min'")

    sheep = loads(conn, [QUEUE])[QUEUE]

    assert (sheep.waiting, sheep.delayed) == (1, 0)
    assert sheep.oldest >= MINUTE


def test_counting_stops_at_its_limit(conn, monkeypatch):
    monkeypatch.setattr(overview, "MAX_COUNT", 2)
    for _ in range(3):
        put(conn)

    assert loads(conn, [QUEUE])[QUEUE].waiting == 2


def test_due_names_the_queues_that_have_something_to_claim(conn):
    declare(conn, "shear_sheep")
    assert due(conn, [QUEUE, "shear_sheep"], sweep=True) == set()

    enqueue(conn, CountSheep(), tenant="farm")
    later = enqueue(
        conn, ShearSheep(), tenant="farm", run_at=datetime.now(UTC) + timedelta(hours=1)
    )
    assert due(conn, [QUEUE, "shear_sheep"], sweep=True) == {QUEUE}
    assert due(conn, ["shear_sheep"], sweep=True) == set()

    conn.execute("update queue.job set due_at = clock_timestamp() where id = %s", [later])
    assert due(conn, [QUEUE, "shear_sheep"]) == {QUEUE}
    assert due(conn, [QUEUE, "shear_sheep"], sweep=True) == {QUEUE, "shear_sheep"}

    change_policy(conn, QUEUE, paused=True)
    assert due(conn, [QUEUE, "shear_sheep"], sweep=True) == {"shear_sheep"}
