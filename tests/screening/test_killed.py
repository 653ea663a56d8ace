"""Thousands of calls across drains that end and workers that die: each answer is paid for once."""

from __future__ import annotations

import os
import signal
import threading

import psutil
import pytest

from tests.screening.work import ris, start
from tests.worker.signs import wait_until

RECORDS = 2000
HAND_OVERS = 5
KILLS = 2
WASTED = 1.02
TOKENS = int(2 * RECORDS * 120 * 1.05)
"""Of the tenant's month: what is needed, and a little for what is set aside."""
CALLS_A_MINUTE = 3000
"""Half of it is for the other kind that calls models."""

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1500)]


def test_each_record_is_judged_once_whatever_dies(conn, store, endpoint, start_worker):
    endpoint.seconds = 0.15
    limits = [CALLS_A_MINUTE, TOKENS]
    conn.execute("insert into records.model_limit values ('ann', %s, %s)", limits)
    task = start(conn, store, ris(RECORDS))
    released, kills = 0, 0
    while kills < KILLS:
        with start_worker(budget=15) as worker:
            released += worker.drain()["released"]
            drain = threading.Thread(target=_drain, args=[worker])
            drain.start()
            _wait_for_calls(endpoint, len(endpoint.calls) + 100)
            _kill(worker)
            drain.join()
            kills += 1
    with start_worker(budget=15) as worker:
        while conn.execute("select 1 from queue.job where id = %s", [task.job_id]).fetchone():
            released += worker.drain()["released"]
    outcome = conn.execute(
        "select outcome from queue.ended where id = %s", [task.job_id]
    ).fetchone()
    assert outcome == ("completed",)
    assert released >= HAND_OVERS
    verdicts = task.query(
        conn,
        "select number, model, decision from records.verdict where screening_id = %s",
    )
    assert len(verdicts) == 2 * RECORDS
    assert all((decision == "include") == (number % 7 == 0) for number, _, decision in verdicts)
    asked = endpoint.asked()
    assert len(asked) == 2 * RECORDS
    print(f"{len(endpoint.calls)} calls, {released} hand-overs, {kills} kills")
    assert len(endpoint.calls) <= WASTED * 2 * RECORDS
    most = endpoint.most_in_a_minute()
    print(f"{most} calls in a minute at the most")
    assert most <= CALLS_A_MINUTE / 2
    ((calls, tokens),) = task.query(
        conn,
        "select calls::int, (tokens_in + tokens_out)::int from records.model_grant"
        " where record_id = %s",
    )
    assert 2 * RECORDS <= calls <= len(endpoint.calls)
    assert tokens == 120 * calls
    assert 120 * len(endpoint.calls) <= TOKENS


def _wait_for_calls(endpoint, many: int) -> None:
    """Where the minute's calls are used up, the next ones come with the next minute."""
    wait_until(lambda: len(endpoint.calls) > many, seconds=150)


def _drain(worker) -> None:
    try:
        while True:
            worker.drain()
    except Exception:  # noqa: BLE001 - it is killed on purpose
        return


def _kill(worker) -> None:
    master = psutil.Process(worker.child.pid)
    for process in [*master.children(recursive=True), master]:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
