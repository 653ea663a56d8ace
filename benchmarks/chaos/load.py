"""Tenants that send files, edit and export what has become of them, and enqueue jobs of SQL."""

from __future__ import annotations

import random
import threading
import time
from datetime import timedelta
from types import TracebackType
from typing import Self
from uuid import UUID

import httpx
import psycopg

from benchmarks.chaos.accepted import Accepted, Task
from benchmarks.chaos.handlers.tally import Payload as Tally
from benchmarks.chaos.orders import Order, orders
from benchmarks.chaos.stack import Stack
from shared.queue.enqueue import enqueue

TENANTS = ("ann", "bob", "cyd")
_MOST_WAITING = 25
"""Of one tenant: the load follows what the workers can do."""
_TALLIES_AT_ONCE = 10
_PAUSE_SECONDS = 0.3
_REQUEST_SECONDS = 15
_LAST_TRIES_SECONDS = 60
_SERVER_ERROR, _TOO_MANY = 500, 429
_KEPT_FOR = timedelta(hours=1)

_WAITING = "select count(*) from queue.job where tenant = %s"


class Load:
    """All tenants at work for the length of the block; what was begun is answered when it ends."""

    def __init__(self, stack: Stack, seed: int) -> None:
        self.accepted = Accepted()
        self._over = threading.Event()
        sent = orders()
        self._tenants = [
            _Tenant(name, stack, self.accepted, sent, random.Random(f"{seed} {name}"), self._over)  # noqa: S311
            for name in TENANTS
        ]

    def __enter__(self) -> Self:
        for tenant in self._tenants:
            tenant.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        for tenant in self._tenants:
            tenant.join()

    def check(self) -> None:
        """Raise RuntimeError when a tenant has given up by mistake."""
        if not all(tenant.is_alive() for tenant in self._tenants):
            raise RuntimeError("A tenant's thread has ended.")


class _Tenant(threading.Thread):
    def __init__(  # noqa: PLR0917 - what all of them share
        self,
        name: str,
        stack: Stack,
        accepted: Accepted,
        sent: list[Order],
        moments: random.Random,
        over: threading.Event,
    ) -> None:
        super().__init__(name=name)
        self._stack = stack
        self._accepted = accepted
        self._orders = sent
        self._moments = moments
        self._over = over
        self._deadline = float("inf")
        self._number = 0

    def run(self) -> None:
        acts = {self._send: 6, self._tally: 2, self._edit: 1, self._export: 1}
        while not self._over.wait(self._moments.uniform(0, 2 * _PAUSE_SECONDS)):
            if self._has_enough():
                continue
            (act,) = self._moments.choices([*acts], [*acts.values()])
            act()

    def _has_enough(self) -> bool:
        try:
            ((waiting,),) = self._stack.query(_WAITING, self.name)
        except psycopg.OperationalError:
            return False  # then it tries all the same
        return int(str(waiting)) >= _MOST_WAITING

    def _send(self) -> None:
        """Start a task, with one key however often it has to be asked for."""
        order = self._moments.choice(self._orders)
        key = UUID(int=self._moments.getrandbits(128))
        while self._may_try():
            answer = self._ask(
                "POST",
                f"/api/v1/{order.branch}/tasks",
                headers={"Idempotency-Key": str(key)},
                **order.request,
            )
            if answer is None:
                continue
            if answer.status_code == httpx.codes.ACCEPTED:
                self._accept(answer, order)
            else:
                self._accepted.refuse(f"{order.what}: {answer.status_code}")
            return
        self._accepted.refuse(f"{order.what}: never answered")

    def _edit(self) -> None:
        """Ask once: what is not accepted does not count, whether it is done or not."""
        self._change("an edit", "POST", "/actions", json={"action": "sort", "by": [_BY_NUMBER]})

    def _export(self) -> None:
        self._change("an export", "GET", "/export", params={"format": "csv", "background": "true"})

    def _change(self, what: str, method: str, path: str, **request: object) -> None:
        mine = [task for task in self._accepted.known() if task.owner == self.name and task.rows]
        if not mine:
            return
        # The earlier ones are ready, most likely; of the others this would be refused.
        task = self._moments.choice(mine[: (len(mine) + 1) // 2])
        answer = self._ask(method, task.path + path, **request)
        if answer is not None and answer.status_code == httpx.codes.ACCEPTED:
            # Another may have gone first, so that the version is no longer the one it meant.
            job_id = answer.json()["data"]["jobId"]
            self._accepted.add(Task(what, task.branch, self.name, task.record_id, job_id, "either"))

    def _tally(self) -> None:
        """Enqueue, and again when it is not known whether the commit came through."""
        first = self._number
        self._number += _TALLIES_AT_ONCE
        names = {f"{self.name} {n}": n % 10 == 0 for n in range(first, self._number)}
        while self._may_try():
            try:
                self._enqueue(names)
            except psycopg.OperationalError:
                self._over.wait(_PAUSE_SECONDS)
            else:
                self._accepted.tally(names)
                return

    def _enqueue(self, names: dict[str, bool]) -> None:
        with psycopg.connect(self._stack.database_url) as conn:
            for name, hopeless in names.items():
                payload = Tally(name=name, hopeless=hopeless)
                enqueue(conn, payload, tenant=self.name, unique_key=name, unique_while=_KEPT_FOR)

    def _ask(self, method: str, path: str, **request: object) -> httpx.Response | None:
        """Return an answer that says something about the request, None when it must be repeated."""
        headers = {"x-sluice-user": self.name, **request.pop("headers", {})}  # type: ignore[dict-item]
        url = self._stack.system.url + path
        try:
            answer = httpx.request(
                method,
                url,
                headers=headers,
                timeout=_REQUEST_SECONDS,
                **request,  # type: ignore[arg-type]
            )
        except httpx.TransportError as error:
            self._accepted.tried(type(error).__name__)
        else:
            self._accepted.tried(str(answer.status_code))
            if answer.status_code < _SERVER_ERROR and answer.status_code != _TOO_MANY:
                return answer
        self._over.wait(_PAUSE_SECONDS)
        return None

    def _accept(self, answer: httpx.Response, order: Order) -> None:
        data = answer.json()["data"]
        self._accepted.add(
            Task(
                order.what,
                order.branch,
                self.name,
                data["recordId"],
                data["jobId"],
                order.end,
                order.rows,
            )
        )

    def _may_try(self) -> bool:
        """Go on for a while when all is over, so that no request is left without an answer."""
        if self._over.is_set():
            self._deadline = min(self._deadline, time.monotonic() + _LAST_TRIES_SECONDS)
        return time.monotonic() < self._deadline


_BY_NUMBER = {"column": "number", "descending": True}
