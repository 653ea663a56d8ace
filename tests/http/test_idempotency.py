import threading
import uuid

from tests.http.files import people, workbook
from tests.http.task import Task, sentence

TASKS = "/api/v1/sheets/tasks"


def test_the_same_key_gives_the_same_record_and_job(upload):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first: Task = upload(people(), "data.xlsx", **key)
    second: Task = upload(people(), "data.xlsx", **key)

    assert second.accepted == first.accepted


def test_racing_requests_with_one_key_start_one_job(client, upload):
    key, content = {"Idempotency-Key": str(uuid.uuid4())}, people()
    start = threading.Barrier(6)
    accepted: list[dict[str, object]] = []

    def race() -> None:
        start.wait()
        accepted.append(upload(content, "data.xlsx", **key).accepted)

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(accepted) == 6
    assert len({str(answer) for answer in accepted}) == 1


def test_another_file_under_the_same_key_is_refused(client, upload):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    upload(people(), "data.xlsx", **key)
    other = client.post(TASKS, files={"file": ("data.xlsx", workbook((1,)))}, headers=key)

    assert "new key" in sentence(other, 422)


def test_two_users_may_choose_the_same_key(upload, stranger):
    key, content = {"Idempotency-Key": str(uuid.uuid4())}, people()
    mine: Task = upload(content, "data.xlsx", **key)
    theirs = stranger.post(TASKS, files={"file": ("data.xlsx", content)}, headers=key)

    assert theirs.json()["data"]["recordId"] != mine.accepted["recordId"]


def test_a_key_that_is_too_long_is_refused(client):
    answer = client.post(
        TASKS, files={"file": ("a", people())}, headers={"Idempotency-Key": "k" * 256}
    )

    assert "Idempotency-Key" in sentence(answer, 400)
