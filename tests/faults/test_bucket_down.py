"""Nobody waits minutes for a bucket that is down."""

from __future__ import annotations

import httpx
import pytest

from local.functions import FunctionProcess
from local.ports import HOST, free_port
from tests.http.task import sentence

pytestmark = pytest.mark.faults

PATIENCE_SECONDS = 60
"""Of a caller; the platform's is no longer."""


@pytest.fixture(scope="module")
def without_bucket(system, tmp_path_factory):
    """The function upload, with a bucket where nothing answers."""
    env = dict(system.functions["upload"].child.env)
    del env["PORT"]
    env["STORAGE_EMULATOR_HOST"] = f"http://{HOST}:{free_port()}"
    log = tmp_path_factory.mktemp("without-bucket") / "upload.log"
    upload = FunctionProcess("upload", env=env, log=log)
    upload.start()
    try:
        upload.wait_ready(check=upload.check)
        yield upload.url
    finally:
        upload.stop()


def test_an_upload_is_answered_in_good_time_and_leaves_nothing(system, without_bucket):
    who = {"x-sluice-user": "nobody-else"}
    answer = httpx.post(
        f"{without_bucket}/api/v1/sheets/tasks",
        files={"file": ("a.csv", b"a,b\n1,2\n")},
        headers=who,
        timeout=PATIENCE_SECONDS,
    )
    assert "storage does not answer" in sentence(answer, 503)
    records = httpx.get(f"{system.url}/api/v1/sheets/tasks", headers=who).json()["data"]["records"]
    assert records == []
