"""The base of every work order."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from shared.queue.name import queue_name


class Payload(BaseModel):
    """A job's input, stored as JSON in the queue that it names.

    Raise `version` when an older worker could not understand a newer payload: it then leaves the
    job to a newer one. Raises InvalidQueueName where a subclass declares an impossible queue.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    queue: ClassVar[str]
    version: ClassVar[int] = 1

    prefix: str
    """Where the job's objects live in the bucket; no slash at the end."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Check the queue's name where it is declared, not when the first job is lost."""
        super().__pydantic_init_subclass__(**kwargs)
        queue_name(cls.queue)
