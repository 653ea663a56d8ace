"""A record as somebody sees it who edits it."""

from __future__ import annotations

import time
from typing import Any

import httpx

from tests.http.task import Task, data_of

_PATIENCE_SECONDS = 60


class Sheet:
    """A record that is ready."""

    def __init__(self, client: httpx.Client, record_id: str) -> None:
        self._client = client
        self.id = record_id
        self.url = f"/api/v1/sheets/tasks/{record_id}"

    @classmethod
    def of(cls, client: httpx.Client, task: Task) -> Sheet:
        """Wait until an upload is ready."""
        assert task.wait()["status"] == "ready"
        return cls(client, task.accepted["recordId"])

    def act(self, action: str, *, version: int | None = None, **fields: Any) -> httpx.Response:
        """Ask for an edit."""
        return self.post("/actions", version=version, action=action, **fields)

    def post(self, path: str, *, version: int | None = None, **fields: Any) -> httpx.Response:
        """POST something to the record."""
        body = {**fields, **({} if version is None else {"expectedVersion": version})}
        return self._client.post(self.url + path, json=body)

    def edit(self, action: str, **fields: Any) -> dict[str, Any]:
        """Do an edit that must go well, and return the record."""
        status = self.end_of(self.act(action, **fields))
        assert status["status"] == "ready", status
        return dict(status["record"])

    def end_of(self, answer: httpx.Response) -> dict[str, Any]:
        """Wait until an edit has ended, and return its status."""
        assert answer.status_code == 202, answer.text
        url, until = answer.json()["data"]["statusUrl"], time.monotonic() + _PATIENCE_SECONDS
        while (now := data_of(self._client.get(url)))["status"] == "processing":
            assert time.monotonic() < until, now
            time.sleep(0.05)
        return now

    def data(self, path: str = "", **params: Any) -> dict[str, Any]:
        """Return the data of a GET that must go well."""
        return data_of(self._client.get(self.url + path, params=params))

    def rows(self) -> list[list[Any]]:
        """Return the first rows."""
        rows: list[list[Any]] = self.data("/preview")["rows"]
        return rows

    def get(self, path: str, **params: Any) -> httpx.Response:
        """GET something of the record's."""
        return self._client.get(self.url + path, params=params)
