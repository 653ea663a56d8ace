"""Does to a real queue, by chance, all that can be done to one, and compares it with the model."""

from __future__ import annotations

from hypothesis.stateful import initialize

from tests.postgres.model.holders import Holders
from tests.postgres.model.outside import Outside
from tests.postgres.model.second import SecondTransaction


class QueueMachine(Holders, Outside, SecondTransaction):
    """Every example begins with some jobs that wait and some that run."""

    @initialize()
    def begin_with_some_jobs(self) -> None:
        self.empty()
        self.enqueue_with_a_key(tenant="bob", key="k", hold="waiting")
        self.enqueue_many([("ann", 1.0, 0, False)] * 3)
        self.fan_out(tenant="bob", children=2, fail_fast=True)
        self.claim(limit=3, sweep=False)
