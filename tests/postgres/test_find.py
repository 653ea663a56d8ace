from shared.queue.cancel import cancel
from shared.queue.complete import complete
from shared.queue.depth import depth
from shared.queue.find import find, find_newest
from shared.queue.position import position
from shared.queue.purge import purge
from tests.postgres.jobs import QUEUE, put, take


def test_a_subject_is_told_by_its_newest_job_that_has_not_ended(conn):
    waiting = put(conn, subject="dolly")
    ended = put(conn, subject="dolly", priority=-1)
    complete(conn, take(conn))

    assert find_newest(conn, "dolly").id == waiting
    cancel(conn, waiting)
    assert find_newest(conn, "dolly").id == ended
    assert find_newest(conn, "molly") is None


def test_position_counts_the_jobs_that_go_first(conn):
    first, second, third = put(conn), put(conn), put(conn, priority=-1)

    assert [position(conn, job) for job in (third, first, second)] == [0, 1, 2]


def test_depth_counts_what_can_be_claimed(conn):
    put(conn)
    put(conn)
    take(conn)

    assert depth(conn, [QUEUE]) == 1
    assert depth(conn, ["shear_sheep"]) == 0


def test_purge_forgets_a_subject_and_no_other(conn):
    ended = put(conn, subject="dolly")
    complete(conn, take(conn))
    running = put(conn, subject="dolly")
    job = take(conn)
    waiting = put(conn, subject="dolly", unique_key="dolly")
    other = put(conn, subject="molly")

    purge(conn, "dolly")

    assert find(conn, ended) is None
    assert find(conn, waiting) is None
    assert find(conn, running).cancel_requested
    assert conn.execute("select payload from queue.job where id = %s", [job.id]).fetchone() == ({},)
    assert find(conn, other).state == "waiting"
    assert put(conn, unique_key="dolly") != waiting
