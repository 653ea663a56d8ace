"""The month's tokens and the minute's calls, when jobs end, are brought back, and follow others."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from functions.worker.handlers import expire_language_records
from functions.worker.language.account import Account
from functions.worker.language.answers import Answers
from functions.worker.language.usage import Usage
from shared.errors import Conflict
from shared.extraction.template import Template
from shared.jobs.expire_language_records import ExpireLanguageRecords
from shared.jobs.extract_fields import ExtractFields
from shared.jobs.with_allowance import enqueue_with_allowance
from shared.queue.cancel import cancel
from shared.queue.requeue import requeue
from shared.records import extractions, screenings
from shared.records.extractions import Source
from tests.screening.work import ris, start
from tests.worker.signs import wait_until

TOKENS = 3000
OF_A_CALL = 120

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(autouse=True)
def _limited(conn) -> None:
    conn.execute("insert into records.model_limit values ('ann', null, %s)", [TOKENS])


@pytest.fixture
def worker(start_worker):
    with start_worker(LLM_MAX_TOKENS="50", LLM_IN_FLIGHT="2", LLM_PATIENCE_SECONDS="1") as running:
        yield running


def booked(conn) -> int:
    """Return the tokens in all accounts."""
    query = "select sum(tokens_in + tokens_out)::int from records.model_grant"
    return conn.execute(query).fetchone()[0]


def granted(conn, task) -> int:
    """Return what a task's newest job may use."""
    query = "select tokens from records.model_grant where job_id = %s"
    return conn.execute(query, [task.job_id]).fetchone()[0]


def used(endpoint) -> int:
    """Return the tokens that the endpoint has counted."""
    return OF_A_CALL * len(endpoint.calls)


def test_useless_answers_are_in_the_account_of_a_job_that_is_brought_back(
    conn, store, endpoint, worker
):
    endpoint.answer = lambda *_: "Sure! Here is what you wanted."
    task = start(conn, store, ris(100))
    assert worker.drain()["buried"] == 1
    for _ in range(3):
        assert requeue(conn, task.job_id)
        assert worker.drain()["buried"] == 1
    assert used(endpoint) <= TOKENS
    assert booked(conn) == used(endpoint)


def test_what_a_job_had_left_over_is_not_its_own_once_another_has_it(conn, store, endpoint, worker):
    first = start(conn, store, ris(100))
    cancel(conn, first.job_id)
    second = start(conn, store, ris(100, start=200))
    assert requeue(conn, first.job_id)
    counts = [worker.drain()["buried"] for _ in range(2)]
    assert sum(counts) == 2
    assert used(endpoint) <= TOKENS
    assert booked(conn) == used(endpoint)
    assert second.query(conn, "select 1 from records.verdict where screening_id = %s limit 1")


def test_useless_answers_before_a_failed_attempt_are_in_its_account(conn, store, endpoint, worker):
    endpoint.answer = lambda *_: "Sure! Here is what you wanted."
    endpoint.refuse = lambda number: (503, {}) if number % 5 == 0 else None
    task = start(conn, store, ris(100))
    drain_to_its_end(conn, worker, task)
    assert endpoint.refused > 0
    assert used(endpoint) <= TOKENS
    assert booked(conn) == used(endpoint)


def test_what_the_last_attempt_has_paid_for_is_in_its_account(conn, store, endpoint, start_worker):
    """Of one that fails while others are answered, as of the attempts before it."""
    endpoint.seconds = 0.3
    endpoint.refuse = lambda number: (503, {}) if number % 11 == 0 else None
    conn.execute("update records.model_limit set tokens_per_month = null")
    task = start(conn, store, ris(100))
    conn.execute("update queue.job set max_attempts = 2 where id = %s", [task.job_id])
    with start_worker(LLM_IN_FLIGHT="8", LLM_PATIENCE_SECONDS="0.1") as worker:
        drain_to_its_end(conn, worker, task)
    assert endpoint.refused >= 2
    assert 0 < booked(conn) == used(endpoint) < 200 * OF_A_CALL


def test_what_was_paid_for_when_somebody_cancels_is_in_its_account(
    conn, store, endpoint, start_worker
):
    endpoint.seconds = 2.0
    conn.execute("update records.model_limit set tokens_per_month = null")
    task = start(conn, store, ris(100))
    with start_worker(LLM_IN_FLIGHT="8") as worker, ThreadPoolExecutor(1) as pool:
        drained = pool.submit(worker.drain)
        wait_until(lambda: len(endpoint.calls) > 16)
        assert cancel(conn, task.job_id) == "cancelling"
        assert drained.result()["cancelled"] == 1
    assert 0 < booked(conn) == used(endpoint)


def test_what_a_killed_attempt_has_paid_for_is_counted_once_and_for_its_own_item(store):
    prefix, paid = f"screenings/{uuid4()}", Usage(calls=1, tokens_in=OF_A_CALL)
    account = Account(job_id=1, run=5)
    killed = Answers(store, prefix, account, fence=5)
    killed.keep("key", "an answer", paid, item=3, counted=True)

    second = Answers(store, prefix, account, fence=6)
    assert second.find("key", 4).usage == Usage(cached=1)  # as two texts may be the same
    assert second.find("key", 3).usage == paid
    assert second.find("key", 3).usage == Usage(cached=1)  # both models may be the same

    ended = account.model_copy(update={"settled": [6], "counted": second.counted})
    third = Answers(store, prefix, ended, fence=7)
    assert third.find("key", 3).usage == Usage(cached=1)
    assert third.counted == ["key"]


def drain_to_its_end(conn, worker, task) -> None:
    """Drain at once whenever it would wait for its next attempt."""
    while conn.execute("select 1 from queue.job where id = %s", [task.job_id]).fetchone():
        conn.execute("update queue.job set due_at = clock_timestamp() where id = %s", [task.job_id])
        worker.drain()


def test_a_deleted_record_gives_no_tokens_back(conn, store, endpoint, worker):
    task = start(conn, store, ris(100))
    assert worker.drain()["buried"] == 1
    with conn.transaction():
        screenings.delete(conn, task.record_id)

    second = start(conn, store, ris(1))

    assert granted(conn, second) == TOKENS - used(endpoint)
    with pytest.raises(Conflict, match="tokens for language models are used up"):
        start(conn, store, ris(1, start=7))


def test_what_was_used_counts_in_its_month(conn, store, endpoint, worker):
    task = start(conn, store, ris(100))
    assert worker.drain()["buried"] == 1
    in_the_first_month = used(endpoint)
    conn.execute("update records.model_grant set month = month - interval '1 month'")

    assert requeue(conn, task.job_id)
    assert worker.drain()["buried"] == 1

    in_the_second = used(endpoint) - in_the_first_month
    assert TOKENS / 3 < in_the_second <= TOKENS
    months = "select (tokens_in + tokens_out)::int from records.model_grant order by month"
    assert [row[0] for row in conn.execute(months)] == [in_the_first_month, in_the_second]
    assert granted(conn, start(conn, store, ris(1))) == TOKENS - in_the_second


def test_accounts_of_earlier_months_go_with_their_records(conn, store, worker):
    gone, kept = start(conn, store, ris(2)), start_again(conn, store)
    worker.drain()
    conn.execute("update records.model_grant set month = month - interval '1 month'")
    with conn.transaction():
        screenings.delete(conn, gone.record_id)

    expire_language_records.work(conn, ExpireLanguageRecords())

    left = conn.execute("select record_id from records.model_grant").fetchall()
    assert left == [(kept.record_id,)]


def start_again(conn, store):
    """Start a second one, although the first one holds all tokens."""
    conn.execute("update records.model_grant set tokens = 0")
    return start(conn, store, ris(2, start=50))


def test_a_raised_limit_is_of_use_to_a_job_that_is_brought_back(conn, store, endpoint, worker):
    task = start(conn, store, ris(30))
    assert worker.drain()["buried"] == 1
    conn.execute("update records.model_limit set tokens_per_month = 100000")
    assert requeue(conn, task.job_id)
    assert worker.drain()["completed"] == 1
    assert set(endpoint.asked().values()) == {1}
    assert booked(conn) == used(endpoint) == 60 * OF_A_CALL


def test_an_extraction_that_is_brought_back_has_what_is_left(conn, store, endpoint, worker):
    endpoint.answer = lambda *_: "Sure! Here is what you wanted."
    job_id = start_extraction(conn, store)
    assert worker.drain()["buried"] == 1
    first = start(conn, store, ris(1))  # a task of the other kind has the rest now
    assert requeue(conn, job_id)
    # Each kind waits for its turn, in whichever order.
    while conn.execute("select 1 from queue.job").fetchone():
        worker.drain()
    assert used(endpoint) <= TOKENS
    assert booked(conn) == used(endpoint)
    assert granted(conn, first) <= TOKENS - 6 * OF_A_CALL


def start_extraction(conn, store) -> int:
    """Have a field taken out of many texts; return the job."""
    record_id, key = uuid4(), f"{uuid4()}/texts.json"
    store.create(key, json.dumps([f"Weight {kg} kg." for kg in range(100)]).encode())
    template = Template.model_validate([{"name": "weight", "type": "number"}])
    with conn.transaction():
        extractions.create(conn, record_id, "ann", template, Source(texts_key=key))
        return enqueue_with_allowance(
            conn,
            "ann",
            record_id,
            lambda allowance: ExtractFields(
                prefix=extractions.prefix_of(record_id),
                record_id=record_id,
                template=template,
                texts_key=key,
                clean_data_key=None,
                column=None,
                tokens=allowance.tokens,
                calls_per_minute=allowance.calls_per_minute,
            ),
            cost=1.0,
        )


def test_the_rate_holds_from_one_job_to_the_next(conn, store, endpoint, start_worker):
    conn.execute("update records.model_limit set tokens_per_month = null, calls_per_minute = 40")
    first = start(conn, store, ris(8))
    with start_worker(budget=6) as worker:
        while conn.execute("select 1 from queue.job").fetchone():
            worker.drain()
        second = start(conn, store, ris(8, start=50))
        worker.drain()
        cancel(conn, second.job_id)
        worker.drain()
        assert requeue(conn, second.job_id)
        worker.drain()
    assert first.record_id != second.record_id
    # Half of it is for the other kind that calls models.
    assert endpoint.most_in_a_minute() == 20
