"""Look at records all the time while they are worked on."""

from __future__ import annotations

import random
import threading
from types import TracebackType
from typing import Any, Self

import httpx

from benchmarks.chaos.accepted import Accepted, Task

_SECONDS_BETWEEN = 0.05
_REQUEST_SECONDS = 15
_LATEST = 15
"""It looks at these more often than at all others."""


class Watch:
    """Asks for status and preview during the block, and keeps every answer that is only half true.

    Until a sheet's job has completed there is nothing to see; then everything is there, for good.
    """

    def __init__(self, url: str, accepted: Accepted, seed: int) -> None:
        self._url = url
        self._accepted = accepted
        self._moments = random.Random(seed)  # noqa: S311 - it is to be repeated
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._ready: set[int] = set()
        self.half_true: list[str] = []
        self.looks = 0
        self.unanswered = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        with httpx.Client(base_url=self._url, timeout=_REQUEST_SECONDS) as client:
            while not self._over.wait(_SECONDS_BETWEEN):
                sheets = [task for task in self._accepted.known() if task.rows]
                if sheets:
                    some = self._moments.choice([sheets, sheets[-_LATEST:], sheets[-_LATEST:]])
                    self._look_at(client, self._moments.choice(some))

    def _look_at(self, client: httpx.Client, task: Task) -> None:
        status = self._ask(client, task, "/status", {"jobId": task.job_id})
        if status is not None:
            self._judge_status(task, status)
        # The last row, by which a part that is missing would show.
        page = {"offset": (task.rows or 1) - 1, "limit": 1}
        preview = self._ask(client, task, "/preview", page)
        if preview is not None:
            self._judge_preview(task, preview)

    def _ask(
        self, client: httpx.Client, task: Task, path: str, params: dict[str, int]
    ) -> httpx.Response | None:
        """Return None when a part of the system is down, which is no half truth."""
        self.looks += 1
        try:
            answer = client.get(
                task.path + path, params=params, headers={"x-sluice-user": task.owner}
            )
        except httpx.TransportError:
            answer = None
        if answer is None or answer.is_server_error:
            self.unanswered += 1
            return None
        return answer

    def _judge_status(self, task: Task, answer: httpx.Response) -> None:
        data = answer.json().get("data") or {}
        known = [
            (data.get("record") or {}).get(name) is not None
            for name in ("totalRows", "columns", "cleanDataKey")
        ]
        nothing = data.get("status") in {"processing", "error"} and not any(known)
        self._judge(task, answer, nothing, data.get("status") == "ready" and all(known))

    def _judge_preview(self, task: Task, answer: httpx.Response) -> None:
        data: dict[str, Any] = answer.json().get("data") or {}
        everything = data.get("totalRows") == task.rows and len(data.get("rows", [])) == 1
        # A conflict: the job has come to nothing.
        nothing = answer.status_code in {httpx.codes.ACCEPTED, httpx.codes.CONFLICT}
        self._judge(task, answer, nothing, everything)

    def _judge(self, task: Task, answer: httpx.Response, nothing: bool, everything: bool) -> None:
        if everything:
            self._ready.add(task.job_id)
        elif task.job_id in self._ready or not nothing:
            self.half_true.append(f"{answer.url}: {answer.status_code} {answer.text[:500]}")
