"""The job kinds that README.md and docs/job-kinds.md show work, though they are killed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from local.bucket import Bucket
from local.postgres import Postgres
from shared.queue.enqueue import enqueue
from shared.queue.payload import StoredPayload
from shared.roles import ROLES
from shared.storage import Store
from tests.docs.deployed import ROOT, Deployed, deployed
from tests.docs.markdown import blocks, files
from tests.faults.processes import job_processes, kill
from tests.worker.jobs import known
from tests.worker.process import draining
from tests.worker.signs import wait_until

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENT = (ROOT / "docs" / "job-kinds.md").read_text(encoding="utf-8")
HANDLER = "functions/worker/handlers/count_words.py"
OWN_TEST = "tests/worker/test_count_words.py"
LINE = b"one two three\n"
WORDS = 3


@pytest.fixture(scope="module")
def documents(
    postgres_18: Postgres, bucket: Bucket, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployed]:
    """The kinds of docs/job-kinds.md."""
    added = {path: code for path, code in files(DOCUMENT).items() if path != OWN_TEST}
    with deployed(added, tmp_path_factory.mktemp("kinds"), postgres_18, bucket) as place:
        yield place


@pytest.fixture(autouse=True)
def _import_anew() -> Iterator[None]:
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.endswith("count_words"):
            del sys.modules[name]


def test_the_readmes_kind_resumes_where_it_was_killed(
    postgres_18: Postgres, bucket: Bucket, store: Store, tmp_path: Path
):
    lines = 2_000
    added = {HANDLER: files(README)[HANDLER]}
    (call,) = (b.code for b in blocks(README) if b.code.startswith("enqueue(conn, Payload("))
    with deployed(added, tmp_path, postgres_18, bucket) as place:
        place.conn.execute("create table word_count (text_key text, words bigint)")
        place.conn.execute(f"grant insert on word_count to {ROLES['worker']}")
        store.create("texts/7/original", lines * LINE)
        payload = importlib.import_module("functions.worker.handlers.count_words").Payload
        names = {"conn": place.conn, "user": "ann", "enqueue": enqueue, "Payload": payload}

        work_though_killed(place, eval(call, names), after=lines // 10)

        counted = place.conn.execute("select * from word_count").fetchall()
        assert counted == [("texts/7/original", WORDS * lines)]


def test_the_documents_kind_resumes_where_it_was_killed(documents: Deployed, store: Store):
    lines, text_id = 400_000, uuid4()
    source = f"texts/{text_id}/original"
    store.create(source, lines * LINE)
    (code,) = (block.code for block in blocks(DOCUMENT) if "def queue_count" in block.code)
    exec(code, names := {})
    queue_count = names["queue_count"]

    job_id = queue_count(documents.conn, "ann", text_id, source, lines * len(LINE))
    work_though_killed(documents, job_id, after=lines // 10)

    ((words, key),) = documents.conn.execute(
        "select words, list_key from records.word_count where text_id = %s", [text_id]
    ).fetchall()
    assert words == WORDS * lines
    assert f'"three": {lines}' in store.read(key).decode()
    assert set(store.keys(f"texts/{text_id}/")) == {source, key}


def test_the_documents_own_tests_are_green(documents: Deployed, store: Store):
    exec(files(DOCUMENT)[OWN_TEST], names := {})
    tests = [test for name, test in names.items() if name.startswith("test_")]

    assert len(tests) == 2
    for test in tests:
        test(documents.worker, documents.conn, store)


def test_the_documents_kind_of_sql_forgets_what_is_old(documents: Deployed, store: Store):
    old, young = uuid4(), uuid4()
    for text_id, age in ((old, "31 days"), (young, "29 days")):
        store.create(f"texts/{text_id}/list", b"{}")
        documents.conn.execute(
            "insert into records.word_count values (%s, 1, %s, now() - %s::interval)",
            [text_id, f"texts/{text_id}/list", age],
        )
    documents.worker.drain()

    enqueue(documents.conn, StoredPayload("forget_word_counts", 1, {}), tenant="maintenance")
    while documents.worker.drain()["remaining"]:
        pass

    left = documents.conn.execute("select text_id from records.word_count").fetchall()
    assert (young,) in left
    assert (old,) not in left
    assert store.keys(f"texts/{old}/") == []
    scheduled = "select from queue.schedule where name = 'maintain-word-counts'"
    assert documents.conn.execute(scheduled).rowcount == 1


def work_though_killed(place: Deployed, job_id: int, *, after: int) -> None:
    """Kill the job's process once so many lines are kept; it must go on from there."""
    kept = "select done from queue.checkpoint where job_id = %s and done >= %s"
    with draining(place.worker) as [drain]:
        wait_until(lambda: place.conn.execute(kept, [job_id, after]).rowcount == 1)
        running = job_processes(place.worker.child)
        kill(*running)
        psutil.wait_procs(running)
    assert drain.result()["retried"] == 1
    place.conn.execute("update queue.job set due_at = clock_timestamp() where id = %s", [job_id])

    assert place.worker.drain()["completed"] == 1

    job = known(place.conn, job_id)
    assert (job.state, job.attempts) == ("completed", 2)
    assert place.lines_told()[-1][0] >= after
