"""Drains ask for more of themselves, but not all at once and not for too many."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from shared.queue import drains
from shared.queue.chain import GAP, may_chain
from tests.worker.signs import wait_until

BUDGET = timedelta(minutes=1)
ASKERS = 8
SOMEBODY_WAITS = "select exists (select from pg_locks where not granted)"


def test_the_first_may(conn):
    assert may_chain(conn, most=1)


def test_a_second_may_not_yet(conn):
    may_chain(conn, most=1)

    assert not may_chain(conn, most=1)


def test_a_second_may_after_a_while(conn):
    may_chain(conn, most=1)
    conn.execute("update queue.chained set asked_at = asked_at - %s", [GAP])

    assert may_chain(conn, most=1)


def test_nobody_may_while_enough_are_live(conn):
    live = [drains.enter(conn, BUDGET) for _ in range(2)]
    assert not may_chain(conn, most=2)

    drains.leave(conn, live[0])
    assert may_chain(conn, most=2)


def test_one_that_died_is_not_counted(conn):
    drains.enter(conn, BUDGET)
    conn.execute("update queue.drain set seen_at = seen_at - %s", [drains.DEAD_AFTER])

    assert may_chain(conn, most=1)


def test_who_was_refused_has_changed_nothing(conn):
    may_chain(conn, most=1)
    before = conn.execute("select asked_at from queue.chained").fetchall()
    may_chain(conn, most=1)

    assert conn.execute("select asked_at from queue.chained").fetchall() == before


def test_of_eight_that_ask_at_once_one_may(connect):
    connections = [connect() for _ in range(ASKERS)]
    together = threading.Barrier(ASKERS)

    def ask(conn):
        together.wait()
        return may_chain(conn, most=ASKERS)

    with ThreadPoolExecutor(ASKERS) as pool:
        assert sum(pool.map(ask, connections)) == 1


def test_who_waits_for_an_open_transaction_is_refused_afterwards(connect):
    first, second = connect(), connect()
    with ThreadPoolExecutor(1) as pool:
        with first.transaction():
            assert may_chain(first, most=2)
            waiting = pool.submit(may_chain, second, most=2)
            wait_until(lambda: first.execute(SOMEBODY_WAITS).fetchone() == (True,))
        assert not waiting.result()
