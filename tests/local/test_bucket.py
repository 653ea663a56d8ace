import os
import signal

import httpx
import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.exceptions import NotFound
from google.cloud.storage import Client

from local.bucket import Bucket
from shared.errors import ObjectExists
from shared.storage import Store


def store_in(bucket):
    client = Client(
        project="local",
        credentials=AnonymousCredentials(),
        client_options={"api_endpoint": bucket.env["STORAGE_EMULATOR_HOST"]},
    )
    return Store(client.bucket(bucket.env["STORAGE_BUCKET"]))


def test_objects_are_there_after_a_restart_and_still_immutable(tmp_path):
    with Bucket(data=tmp_path / "bucket") as bucket:
        store_in(bucket).create("a/b", b"first")
    with Bucket(data=tmp_path / "bucket") as bucket:
        store = store_in(bucket)
        assert store.read("a/b") == b"first"
        with pytest.raises(ObjectExists):
            store.create("a/b", b"second")


def test_what_a_killed_server_left_half_written_is_in_the_way_of_nothing(tmp_path):
    data = tmp_path / "bucket"
    with Bucket(data=data) as bucket:
        store = store_in(bucket)
        store.create("a/whole", b"kept")
        (data / bucket.name / "a" / "half").write_bytes(b"half of th")  # as a kill leaves it
        with pytest.raises(NotFound):
            store.keys("a/")
        os.kill(bucket.child.pid, signal.SIGKILL)
    with Bucket(data=data) as bucket:
        store = store_in(bucket)
        assert store.keys("a/") == ["a/whole"]
        aside = tmp_path / "bucket-half-written" / "a" / "half"
        assert aside.read_bytes() == b"half of th"
        store.create("a/half", b"half of the rest")
        assert store.read("a/half") == b"half of the rest"
        assert store.read("a/whole") == b"kept"


def test_what_was_written_and_not_answered_for_is_written_again_without_harm(bucket):
    """The same bytes are taken for ours; others, of the same length, are not."""
    store = store_in(bucket)
    store.create("again", b"first")
    written = httpx.get(f"{bucket.url}/storage/v1/b/{bucket.env['STORAGE_BUCKET']}/o/again").json()

    store.create("again", b"first")

    with pytest.raises(ObjectExists):
        store.create("again", b"other")
    kept = httpx.get(f"{bucket.url}/storage/v1/b/{bucket.env['STORAGE_BUCKET']}/o/again").json()
    assert kept["generation"] == written["generation"]
    assert store.read("again") == b"first"


def test_a_session_is_put_to_the_emulator_itself(tmp_path):
    with Bucket(data=tmp_path / "bucket") as bucket:
        store = store_in(bucket)
        session = store.resumable_session("x", size=3, content_type="text/plain", origin=None)
        assert session.startswith(bucket.url)
        assert httpx.put(session, content=b"abc").is_success
        assert store.read("x") == b"abc"


def test_nothing_listens_once_it_is_stopped(tmp_path):
    with Bucket(data=tmp_path / "bucket") as bucket:
        assert httpx.get(f"{bucket.url}/storage/v1/b").is_success
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{bucket.url}/storage/v1/b")
