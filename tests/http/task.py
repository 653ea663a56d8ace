"""A task as a client sees it."""

from __future__ import annotations

import time
from typing import Any

import httpx

_PATIENCE_SECONDS = 60


class Task:
    """What an upload has started; `accepted` is its answer's data."""

    def __init__(self, client: httpx.Client, answer: httpx.Response) -> None:
        self._client = client
        self.answer = answer
        self.accepted: dict[str, Any] = answer.json()["data"]
        self.url = f"/api/v1/sheets/tasks/{self.accepted['recordId']}"
        self.job_url = f"/api/v1/jobs/{self.accepted['jobId']}"

    def get(self, path: str = "", **params: object) -> httpx.Response:
        """GET something of the record's."""
        return self._client.get(self.url + path, params=params)  # type: ignore[arg-type]

    def data(self, path: str = "", **params: object) -> dict[str, Any]:
        """Return the data of a GET that must go well."""
        return data_of(self.get(path, **params))

    def status(self) -> dict[str, Any]:
        """Return the status by the address that the upload named."""
        return dict(self._client.get(self.accepted["statusUrl"]).json()["data"])

    def wait(self) -> dict[str, Any]:
        """Poll until the work has ended, and return the last status."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while (now := self.status())["status"] == "processing":
            assert time.monotonic() < until, now
            time.sleep(0.05)
        return now


def data_of(answer: httpx.Response) -> dict[str, Any]:
    """Return the data of an answer that must be a good one."""
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def sentence(answer: httpx.Response, status: int) -> str:
    """Return what a problem says, which is one sentence and tells nothing of our insides."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"]
    problem = answer.json()
    assert problem["success"] is False
    assert problem["status"] == status
    assert problem["error"] == problem["detail"]
    assert "Traceback" not in answer.text
    return str(problem["detail"])
