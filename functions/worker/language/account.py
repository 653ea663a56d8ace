"""What a job's calls have cost and when they began, handed from the child to the database."""

from __future__ import annotations

from typing import Self

from psycopg import Connection
from pydantic import BaseModel, Field

from functions.worker.language.usage import Usage
from shared.records import model_pace, model_use


class Account(BaseModel):
    """Of a job, as its checkpoints carry it."""

    job_id: int = 0
    run: int = 0
    """Fence of the first attempt: one that starts from nothing again is another run."""
    begun: list[float] = Field(default_factory=list)
    """When the calls of the last minute began, in seconds since the epoch."""
    in_flight: int = 0
    """Calls whose answers are not counted yet."""
    settled: list[int] = Field(default_factory=list)
    """Fences of attempts that came to an end in order: all their calls are counted, also those
    whose answers are in the bucket alone. What a killed one has paid for, its successor counts."""

    counted: list[str] = Field(default_factory=list)
    """Keys of answers of killed attempts that a later one has counted, as it ended in order."""

    def opened_by(self, job_id: int, fence: int) -> Self:
        """Return it with the job's id, and with the fence of an attempt if that is the first."""
        return self.model_copy(update={"job_id": job_id, "run": self.run or fence})

    def settled_by(self, fence: int) -> list[int]:
        """Return `settled` with one more attempt."""
        return [*self.settled, fence]


def keep(conn: Connection, queue: str, account: Account, usage: Usage) -> None:
    """Write what is new, in the transaction that keeps the checkpoint."""
    if usage.calls or usage.cached:
        model_use.spend(conn, account.job_id, usage)
    if account.begun:
        model_pace.tell(
            conn, account.job_id, queue, begun=account.begun, in_flight=account.in_flight
        )
