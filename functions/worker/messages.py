"""What a child tells its parent: JSON, so that nothing a child sends is ever executed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from shared.queue.progress import Progress


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
