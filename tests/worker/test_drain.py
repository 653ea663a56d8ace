"""What one call of the worker does with what is waiting."""

from shared.queue.enqueue import enqueue
from tests.worker.handlers import clip_wool
from tests.worker.house import furnish
from tests.worker.jobs import known, ledger, put_look, put_sheep, sentences
from tests.worker.process import WorkerProcess, draining, running
from tests.worker.signs import wait_until


def test_a_job_kind_is_one_file_and_its_effects_come_once(worker, conn, signs):
    job_id = put_sheep(conn, signs, sheep=3)

    counts = worker.drain()

    assert counts.pop("elapsedSeconds") > 0
    assert counts == {
        "claimed": 1,
        "completed": 1,
        "retried": 0,
        "released": 0,
        "buried": 0,
        "cancelled": 0,
        "lost": 0,
        "setAside": 0,
        "remaining": 0,
        "stoppedBecause": "empty",
    }
    assert ledger(conn) == [("a count", "3 sheep")]
    job = known(conn, job_id)
    assert (job.state, job.attempts, sentences(job)) == ("completed", 1, [])
    assert worker.drain()["claimed"] == 0
    assert signs.counted() == [0, 1, 2]


def test_a_job_for_later_is_left_alone(worker, conn, signs):
    (tomorrow,) = conn.execute("select clock_timestamp() + interval '1 day'").fetchone()
    job_id = put_sheep(conn, signs, run_at=tomorrow)

    counts = worker.drain()

    assert (counts["claimed"], counts["remaining"]) == (0, 0)
    assert known(conn, job_id).state == "scheduled"


def test_kinds_take_turns_so_that_none_waits_for_the_end_of_another(worker, conn, signs):
    for _ in range(3):
        put_sheep(conn, signs, sheep=1)
    for _ in range(3):
        put_look(conn)

    assert worker.drain()["completed"] == 6
    kinds = ["look" if name == "look_around" else "count" for name, _ in ledger(conn)]
    assert kinds in (["look", "count"] * 3, ["count", "look"] * 3)


def test_a_second_call_answers_at_once_that_a_drain_is_under_way(worker, conn, signs):
    put_sheep(conn, signs, gate=0)
    with draining(worker) as [first]:
        signs.wait_until_reached()
        second = worker.drain()
        assert not first.done()
        signs.open_the_gate()

    assert (second["stoppedBecause"], second["claimed"]) == ("alreadyDraining", 0)
    assert first.result()["completed"] == 1


# The last thing that a drain does, held up.
_HELD = """

_why_at_once = _why


def _why(deadline):
    Path({ending!r}).touch()
    while not Path({over!r}).exists():
        time.sleep(0.01)
    return _why_at_once(deadline)


from pathlib import Path
"""


def test_a_call_that_comes_when_a_drain_is_all_but_over_is_not_lost(
    database, bucket, conn, tmp_path
):
    house, ending, over = furnish(tmp_path / "house"), tmp_path / "ending", tmp_path / "over"
    with (house / "functions/worker/drains/drain.py").open("a") as drain:
        drain.write(_HELD.format(ending=str(ending), over=str(over)))
    env = {"DATABASE_URL": database, **bucket.env}
    with running(WorkerProcess(house, tmp_path, env)) as worker, draining(worker) as [first]:
        wait_until(ending.exists)
        put_look(conn)
        assert worker.drain()["stoppedBecause"] == "alreadyDraining"
        over.touch()

    assert first.result()["completed"] == 1


def test_two_workers_share_the_jobs_and_do_none_twice(worker, start_worker, conn, signs):
    names = [f"job {number:02}" for number in range(40)]
    for name in names:
        put_sheep(conn, signs, sheep=1, name=name)

    with start_worker(20.0) as other, draining(worker, other) as drains:
        pass

    completed = [drain.result()["completed"] for drain in drains]
    assert sum(completed) == 40
    assert min(completed) > 0
    assert sorted(name for name, _ in ledger(conn)) == names


def test_a_job_that_comes_while_the_drain_leaves_is_done_by_it(worker, conn):
    """Whoever saw the drain in the register has asked for no other."""
    payload = clip_wool.Payload(name="late").model_dump_json()
    conn.execute(
        "create function public.at_the_last_moment() returns trigger language plpgsql as $$"
        " begin if not exists (select from public.ledger where name = 'late') then"
        " insert into queue.job (queue, tenant, payload, max_attempts, turn, tag)"
        f" values ('clip_wool', 'farm', '{payload}', 3, 1, 1); end if; return null; end $$;"
        " create trigger at_the_last_moment after delete on queue.drain"
        " for each row execute function public.at_the_last_moment()"
    )
    enqueue(conn, clip_wool.Payload(name="early"), tenant="farm")
    try:
        counts = worker.drain()
    finally:
        conn.execute("drop function public.at_the_last_moment cascade")

    assert (counts["completed"], counts["remaining"]) == (2, 0)
    assert [name for name, _ in ledger(conn)] == ["early", "late"]
