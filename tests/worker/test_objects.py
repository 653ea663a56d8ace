"""The bucket holds what a completed job refers to, and nothing else of the job's."""

from tests.worker.jobs import known, prefix_of, put_sheep, put_trouble


def names(store, prefix: str) -> list[str]:
    return sorted(key.rsplit("/", 1)[-1] for key in store.keys(prefix))


def test_what_the_result_names_stays_and_the_rest_is_swept(worker, conn, signs, store):
    job_id = put_sheep(conn, signs, sheep=3)
    worker.drain()

    assert known(conn, job_id).state == "completed"
    assert names(store, prefix_of(conn, job_id)) == ["0", "1", "2"]


def test_objects_of_several_attempts_stay_when_the_result_names_them(
    hasty_worker, worker, conn, signs, store
):
    job_id = put_sheep(conn, signs, sheep=3, gate=1)
    hasty_worker.drain()
    assert names(store, prefix_of(conn, job_id)) == ["0"]
    signs.open_the_gate()
    worker.drain()

    attempts = {key.split("/")[-2] for key in store.keys(prefix_of(conn, job_id))}
    assert len(attempts) == 2
    assert names(store, prefix_of(conn, job_id)) == ["0", "1", "2"]


def test_objects_of_a_buried_job_are_swept(hasty_worker, conn, signs, store):
    job_id = put_sheep(conn, signs, sheep=3, gate=1, max_attempts=1)
    hasty_worker.drain()
    assert names(store, prefix_of(conn, job_id)) == ["0"]
    hasty_worker.drain()  # gets no further

    assert known(conn, job_id).state == "buried"
    assert store.keys(prefix_of(conn, job_id)) == []


def test_objects_of_another_job_with_the_same_prefix_are_left_alone(worker, conn, signs, store):
    job_id = put_trouble(conn, signs, "unrecoverable")
    (prefix,) = conn.execute("select payload ->> 'prefix' from queue.job").fetchone()
    others = [f"{prefix}/original", f"{prefix}/{job_id}0-1_clean/part"]
    for key in others:
        store.create(key, b"another's")
    worker.drain()

    assert store.keys(f"{prefix}/") == sorted(others)
