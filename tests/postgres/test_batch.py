import threading

import psycopg
import pytest

from shared.errors import BatchEnded
from shared.queue.batch import fan_out, find_batch
from shared.queue.bury import bury
from shared.queue.cancel import cancel_batch
from shared.queue.claim import claim
from shared.queue.complete import complete, complete_many
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.heartbeat import heartbeat
from shared.queue.progress import Progress
from tests.postgres.jobs import ERROR, QUEUE, CountSheep, ShearSheep


def spread(conn, count: int, **options: object) -> int:
    children = [CountSheep(sheep=n) for n in range(count)]
    return fan_out(conn, children, tenant="farm", then=ShearSheep(), **options)


def continuations(conn) -> int:
    return len(claim(conn, ShearSheep.queue, limit=10))


def test_the_continuation_comes_when_the_last_child_has_ended(conn):
    batch_id = spread(conn, 3)
    children = claim(conn, QUEUE, limit=3)
    complete_many(conn, children[:2])
    assert continuations(conn) == 0
    assert find_batch(conn, batch_id).pending == 1

    complete(conn, children[2])
    assert find_batch(conn, batch_id).ended_at is not None
    assert continuations(conn) == 1


def test_a_completion_that_is_rolled_back_counts_nothing(conn):
    batch_id = spread(conn, 1)
    (child,) = claim(conn, QUEUE)
    with conn.transaction(force_rollback=True):
        complete(conn, child)

    assert find_batch(conn, batch_id).pending == 1
    assert continuations(conn) == 0


def test_children_that_end_at_once_enqueue_one_continuation(conn, connect):
    spread(conn, 8)
    children = claim(conn, QUEUE, limit=8)
    start = threading.Barrier(8)

    def race(own: psycopg.Connection, child) -> None:
        start.wait()
        complete(own, child)

    threads = [threading.Thread(target=race, args=(connect(), child)) for child in children]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert continuations(conn) == 1


def test_a_child_that_fails_ends_the_batch(conn):
    batch_id = spread(conn, 4)
    failed, running = claim(conn, QUEUE, limit=2)
    bury(conn, failed, ERROR)

    assert claim(conn, QUEUE, limit=5) == []
    assert heartbeat(conn, running, Progress())
    batch = find_batch(conn, batch_id)
    assert (batch.pending, batch.failed) == (1, 3)
    assert continuations(conn) == 0


def test_a_child_that_fails_can_be_passed_over(conn):
    spread(conn, 2, fail_fast=False)
    failed, well = claim(conn, QUEUE, limit=2)
    bury(conn, failed, ERROR)
    complete(conn, well)

    assert continuations(conn) == 1


def test_a_batch_of_nothing_goes_on_at_once(conn):
    spread(conn, 0)

    assert continuations(conn) == 1


def test_a_batch_is_cancelled_as_a_whole(conn):
    batch_id = spread(conn, 3)
    (running,) = claim(conn, QUEUE)

    assert cancel_batch(conn, batch_id) == 2
    assert heartbeat(conn, running, Progress())
    assert claim(conn, QUEUE, limit=5) == []


def test_a_child_may_add_others_before_it_ends(conn):
    batch_id = spread(conn, 1)
    (child,) = claim(conn, QUEUE)
    with conn.transaction():
        enqueue(conn, CountSheep(), tenant="farm", batch_id=batch_id)
        enqueue_many(conn, [NewJob(CountSheep(), tenant="farm", batch_id=batch_id)] * 2)
        complete(conn, child)
    assert continuations(conn) == 0
    batch = find_batch(conn, batch_id)
    assert (batch.total, batch.pending) == (4, 3)

    complete_many(conn, claim(conn, QUEUE, limit=3))
    assert continuations(conn) == 1


def test_nobody_joins_a_batch_that_has_ended(conn):
    batch_id = spread(conn, 0)

    with pytest.raises(BatchEnded, match="open another"), conn.transaction():
        enqueue(conn, CountSheep(), tenant="farm", batch_id=batch_id)
    assert claim(conn, QUEUE) == []
