from datetime import timedelta

from shared.queue.complete import complete
from shared.queue.find import find
from shared.queue.pace import measure_pace, pace_of
from shared.queue.policy import change_policy, policies
from shared.queue.retention import DAYS_AHEAD, keep_up_partitions
from tests.postgres.jobs import QUEUE, put, take


def partitions(conn) -> list[str]:
    rows = conn.execute(
        """
        select relname from pg_class join pg_inherits on inhrelid = pg_class.oid
         where inhparent = 'queue.history'::regclass order by relname
        """
    )
    return [row[0] for row in rows if row[0] != "history_rest"]


def keep_up(conn) -> None:
    with conn.transaction():
        keep_up_partitions(conn)


def test_partitions_are_made_ahead_once(conn):
    keep_up(conn)
    made = partitions(conn)
    keep_up(conn)

    assert len(made) == DAYS_AHEAD
    assert partitions(conn) == made


def test_a_day_is_dropped_when_no_queue_keeps_it_any_more(conn):
    conn.execute(
        """
        create table queue.history_20200101 partition of queue.history
           for values from ('2020-01-01 00:00+00') to ('2020-01-02 00:00+00')
        """
    )
    keep_up(conn)

    assert "history_20200101" not in partitions(conn)


def test_history_outside_the_partitions_is_kept_as_long(conn):
    old, new = put(conn), put(conn)
    complete(conn, take(conn))
    conn.execute("update queue.ended set ended_at = ended_at - interval '3 days'")
    complete(conn, take(conn))
    for policy in policies(conn):  # of all queues the longest counts
        change_policy(conn, policy.queue, keep=timedelta(days=2))
    keep_up(conn)

    assert find(conn, old) is None
    assert find(conn, new).state == "completed"


def test_pace_comes_from_the_queues_own_history(conn):
    for cost in (1, 3):
        put(conn, cost=cost)
        complete(conn, take(conn))
    assert pace_of(conn, QUEUE) is None
    conn.execute("update queue.ended set worked = cost * interval '2 seconds'")

    measure_pace(conn, QUEUE)
    pace = pace_of(conn, QUEUE)
    assert (pace.jobs, pace.seconds_per_cost) == (2, 2.0)
    assert pace.expected_seconds(5) == 10.0

    conn.execute("update queue.ended set worked = '1 hour'")
    measure_pace(conn, QUEUE)
    assert pace_of(conn, QUEUE) == pace
