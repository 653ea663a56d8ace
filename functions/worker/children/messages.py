"""What parent and child tell each other: JSON, so that nothing a child sends is ever executed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from shared.queue.progress import Progress

STOP = b"stop"
STOP_AT_ONCE = b"stop at once"
"""What a parent sends to have the running job yield."""


class Order(BaseModel):
    """All that a child is told of a job; it has no way to the database."""

    job_id: int
    fence: int
    queue: str
    payload: dict[str, Any]
    checkpoint: Any
    bucket: str
    folder: Path
    environment: dict[str, str] = {}
    """Variables that jobs of this kind need and no others get to know: the models' key."""


class Ended(BaseModel):
    """What the fork server tells of a child at its end."""

    code: int
    """As in `subprocess`: negative for a signal."""
    too_many_tasks: bool = False


class Advanced(BaseModel):
    """The job has come further."""

    type: Literal["advanced"] = "advanced"
    progress: Progress


class Checkpointed(BaseModel):
    """The job can resume here; `done` units are finished."""

    type: Literal["checkpointed"] = "checkpointed"
    state: Any
    done: int


class Finished(BaseModel):
    """The job's `run` returned; `result` is its Result as JSON data."""

    type: Literal["finished"] = "finished"
    result: Any
    reusable: bool = False
    """The child is as good as new for another job of the same queue."""


class Stopped(BaseModel):
    """The job stopped because it was asked to."""

    type: Literal["stopped"] = "stopped"


class Failed(BaseModel):
    """The job's `run` raised."""

    type: Literal["failed"] = "failed"
    message: str
    """One sentence for the user."""
    trace: str | None = None
    hopeless: bool = False
    """Trying again cannot help."""
    retry_after: float | None = None
    """Seconds; None leaves it to the backoff."""


LastMessage = Finished | Stopped | Failed
Message = Annotated[Advanced | Checkpointed | LastMessage, Field(discriminator="type")]

MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)
