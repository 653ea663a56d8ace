"""The walk over the bucket takes as many turns as it needs, and passes over nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from functions.worker.children.messages import Checkpointed
from functions.worker.handlers import sweep_orphans
from functions.worker.handlers.sweep_orphans import Checkpoint
from functions.worker.job import Job, Yielded
from functions.worker.orphans import walk as walking
from functions.worker.orphans.walk import walk
from functions.worker.turn import Turn
from shared.jobs.sweep_orphans import SweepOrphans
from tests.maintenance.place import DAY, Place, tick

SCHEDULE = "maintain-orphans"


@pytest.fixture
def small_stretches(monkeypatch):
    monkeypatch.setattr(walking, "_OBJECTS_AT_ONCE", 3)
    monkeypatch.setattr("functions.worker.turn._SECONDS", 0.0)


def put_branches(place: Place) -> set[str]:
    ids = [uuid4() for _ in range(4)]
    keys = {place.put(f"sheets/{one}/{name}") for one in ids for name in ("a", "b")}
    return keys | {place.put(f"uploads/{one}") for one in ids}


def test_every_object_is_looked_at_once_and_no_record_is_cut_apart(place, small_stretches):
    keys = put_branches(place)
    place.put("sheets/no-id/a")

    seen, after, stretches = [], "", []
    while stretch := next(walk(place.store, after=after, created_before=datetime.now(UTC)), None):
        stretches.append(stretch)
        seen += [key for found in stretch.found for key in found.keys]
        after = stretch.last

    assert sorted(seen) == sorted(keys)
    assert sum(stretch.objects for stretch in stretches) == len(keys) + 1
    roots = [found.root for stretch in stretches for found in stretch.found]
    assert len(roots) == len(set(roots)) == 8
    assert len(stretches) >= 4


def test_a_handler_gives_way_after_its_turn_and_goes_on_behind_its_checkpoint(
    place, small_stretches, tmp_path
):
    keys, told = put_branches(place), []

    def checkpoints() -> list[Checkpointed]:
        return [message for message in told if isinstance(message, Checkpointed)]

    def attempt() -> bool:
        job = Job(
            job_id=1,
            fence=1,
            prefix="",
            checkpoint=checkpoints()[-1].state if told else None,
            store=place.store,
            folder=tmp_path,
            send=told.append,
            stop_requested=lambda: False,
        )
        try:
            sweep_orphans.run(SweepOrphans(), job)
        except Yielded:
            return False
        return True

    turns = 1
    while not attempt():
        turns += 1

    sent = checkpoints()
    found = [f for message in sent for f in Checkpoint.model_validate(message.state).found]
    assert sorted(key for each in found for key in each.keys) == sorted(keys)
    assert turns == len(sent) + 1
    assert [message.done for message in sent] == sorted({message.done for message in sent})


def test_a_checkpoint_and_what_follows_from_it_are_one_transaction(place, worker, conn):
    orphan = place.put(f"uploads/{uuid4()}")
    conn.execute("alter table records.upload rename to away")
    try:
        counts = tick(place, worker, SCHEDULE)
    finally:
        conn.execute("alter table records.away rename to upload")

    (job,) = place.jobs("sweep_orphans")
    assert (counts["retried"], job.state) == (1, "retrying")
    assert "could not be saved (UndefinedTable)" in job.errors[-1]["message"]
    assert conn.execute("select count(*) from queue.checkpoint").fetchone() == (0,)
    assert place.keys() == {orphan}

    place.let_jobs_be_due()
    worker.drain()

    assert place.keys() == set()


def test_a_walk_resumes_where_the_last_one_was_stopped(place, worker, conn):
    first, _ = sorted(place.put(f"uploads/{uuid4()}") for _ in range(2))
    conn.execute("update queue.schedule set paused = true")
    job_id = place.enqueue_sweep(Checkpoint(last=first, objects=1))

    worker.drain()

    assert [(job.id, job.state) for job in place.jobs("sweep_orphans")] == [(job_id, "completed")]
    assert place.keys() == {first}


def test_an_operator_sees_how_far_it_is(place, tmp_path: Path):
    put_branches(place)
    told = []
    job = Job(
        job_id=1,
        fence=1,
        prefix="",
        checkpoint=None,
        store=place.store,
        folder=tmp_path,
        send=told.append,
        stop_requested=lambda: False,
    )
    sweep_orphans.run(SweepOrphans(), job)

    progress = [message.progress for message in told if not isinstance(message, Checkpointed)]
    assert [(each.phase, each.done) for each in progress] == [("looking for orphans", 8)]


def test_a_turn_ends():
    turn = Turn()
    turn.give_way()
    turn._until -= 2 * DAY.total_seconds()
    with pytest.raises(Yielded):
        turn.give_way()
