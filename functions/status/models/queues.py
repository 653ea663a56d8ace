"""Queues as operators see them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, ConfigDict, Field

from shared.model import Model
from shared.queue.policy import UNLIMITED

_DAY = 86_400.0
_YEARS = 3650 * _DAY
_MANY = 1_000_000

T = TypeVar("T")


def _refuse_null(value: T | None) -> T:
    if value is None:
        raise ValueError("null lifts a limit, and this is none: leave it out to keep it")
    return value


def _without_defaults(schema: dict[str, Any]) -> None:
    # What is left out is not null.
    for field in schema["properties"].values():
        field.pop("default", None)


_Changed = Annotated[T | None, AfterValidator(_refuse_null)]
_Limit = Annotated[int, Field(ge=1, le=_MANY)] | None


class QueuePace(Model):
    """How long the last completed jobs of a queue took."""

    jobs: int
    seconds_p50: float
    seconds_p95: float
    seconds_per_cost: float
    """Cost is the file's MiB for jobs that read one."""
    seconds_per_cost_p95: float
    measured_at: datetime


class Queue(Model):
    """A queue: its policy (null: no limit), and what goes on in it.

    Counting stops at 10,000 (for the completed ones at 20,000 over all queues): then there are so
    many or more.
    """

    queue: str
    paused: bool
    lease_seconds: float
    max_attempts: int
    backoff_base_seconds: float
    backoff_cap_seconds: float
    max_running: int | None
    max_running_per_tenant: int | None
    rate: int | None
    """Jobs that may start in each `rate_period_seconds`."""
    rate_period_seconds: float
    keep_seconds: float
    waiting: int
    delayed: int
    running: int
    oldest_waiting_seconds: float | None
    """Of the first 10,000 in line: how long the oldest has been due."""
    dead_letters: int
    completed_last_minute: int
    completed_last_hour: int
    pace: QueuePace | None
    """Null before the first job has completed."""


class QueueList(Model):
    """All queues, by name."""

    queues: list[Queue]


class PolicyChange(Model):
    """What to change of a queue's policy; null lifts a limit, what is left out stays."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    paused: _Changed[bool] = None
    lease_seconds: _Changed[Annotated[float, Field(ge=1, le=_DAY)]] = None
    max_attempts: _Changed[Annotated[int, Field(ge=1, le=1000)]] = None
    backoff_base_seconds: _Changed[Annotated[float, Field(ge=0, le=_DAY)]] = None
    backoff_cap_seconds: _Changed[Annotated[float, Field(ge=0, le=30 * _DAY)]] = None
    max_running: _Limit = None
    max_running_per_tenant: _Limit = None
    rate: _Limit = None
    """Jobs that may start in each `rate_period_seconds`."""
    rate_period_seconds: _Changed[Annotated[float, Field(ge=0.001, le=_DAY)]] = None
    keep_seconds: _Changed[Annotated[float, Field(ge=_DAY, le=_YEARS)]] = None
    """How long the history is kept; the longest of all queues counts."""

    @property
    def lifted(self) -> tuple[str, ...]:
        """The limits that are to go."""
        return tuple(
            name for name in UNLIMITED if name in self.model_fields_set and not getattr(self, name)
        )

    @property
    def changes(self) -> dict[str, object]:
        """What is to change, by the names of the queue's policy."""
        return {
            name.removesuffix("_seconds"): (
                timedelta(seconds=value) if name.endswith("_seconds") else value
            )
            for name, value in self.model_dump(exclude_none=True).items()
        }
