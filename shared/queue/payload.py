"""Work orders."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from pydantic import BaseModel, ConfigDict

from shared.queue.name import queue_name


class AnyPayload(Protocol):
    """What can be enqueued: it names its queue and its version, and writes itself as JSON."""

    @property
    def queue(self) -> str:
        """The queue that it goes to."""

    @property
    def version(self) -> int:
        """Workers that understand less leave it to newer ones."""

    def model_dump_json(self) -> str:
        """Return it as JSON."""


class Payload(BaseModel):
    """A job's input, stored as JSON in the queue that it names.

    Raise `version` when an older worker could not understand a newer payload: it then leaves the
    job to a newer one. Raises InvalidQueueName where a subclass declares an impossible queue.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    queue: ClassVar[str]
    version: ClassVar[int] = 1

    prefix: str = ""
    """Where the job's objects live in the bucket, no slash at the end; empty when it has none."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Check the queue's name where it is declared, not when the first job is lost."""
        super().__pydantic_init_subclass__(**kwargs)
        queue_name(cls.queue)


@dataclass(frozen=True, slots=True)
class StoredPayload:
    """A work order that is kept to be enqueued later, and need not be understood for that."""

    queue: str
    version: int
    data: dict[str, Any]

    @classmethod
    def of(cls, payload: AnyPayload) -> Self:
        """Return the form in which a payload is kept."""
        return cls(payload.queue, payload.version, json.loads(payload.model_dump_json()))

    def model_dump_json(self) -> str:
        """Return the data as JSON."""
        return json.dumps(self.data)
