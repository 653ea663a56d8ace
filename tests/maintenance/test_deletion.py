"""Objects are deleted by name or by what they are under, in turns, as often as it takes."""

from __future__ import annotations

from uuid import uuid4

import pytest

from functions.worker.children.messages import Checkpointed
from functions.worker.handlers import delete_objects
from functions.worker.job import Job, Yielded
from shared.jobs.delete_objects import DeleteObjects


def attempts(payload: DeleteObjects, store, folder) -> int:
    """Work on it until it is done, each time from the last checkpoint; return how often."""
    told, number = [], 0
    while True:
        number += 1
        kept = [message.state for message in told if isinstance(message, Checkpointed)]
        job = Job(
            job_id=1,
            fence=number,
            prefix="",
            checkpoint=kept[-1] if kept else None,
            store=store,
            folder=folder,
            send=told.append,
            stop_requested=lambda: False,
        )
        try:
            delete_objects.run(payload, job)
        except Yielded:
            continue
        return number


def test_a_large_record_takes_several_turns(place, tmp_path, monkeypatch):
    monkeypatch.setattr("functions.worker.turn._SECONDS", 0.0)
    large, small, other = (f"sheets/{uuid4()}" for _ in range(3))
    for number in range(120):
        place.put(f"{large}/{number}")
    place.put(f"{small}/original")
    kept = place.put(f"{other}/original")

    payload = DeleteObjects(names=(f"{large}/", f"{small}/"))

    assert attempts(payload, place.store, tmp_path) > 2
    assert place.keys() == {kept}


def test_a_slash_ends_the_name_of_a_record(place, tmp_path):
    one = str(uuid4())
    place.put(f"sheets/{one}/original")
    kept = place.put(f"sheets/{one}0/original")

    attempts(
        DeleteObjects(names=(f"sheets/{one}/", "sheets/none", "sheets/none/")),
        place.store,
        tmp_path,
    )

    assert place.keys() == {kept}


@pytest.mark.parametrize("name", ["", "sheets", "sheets/", "/x", "sheets//"])
def test_no_work_order_can_ask_for_a_whole_branch(name):
    with pytest.raises(ValueError, match="pattern"):
        DeleteObjects(names=(name,))


def test_a_long_list_becomes_several_work_orders():
    names = [f"uploads/{uuid4()}" for _ in range(1100)]
    orders = DeleteObjects.of(names)

    assert [len(order.names) for order in orders] == [500, 500, 100]
    assert [name for order in orders for name in order.names] == names
