"""The base of every work order."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    """A job's input, stored as JSON (at most MAX_PAYLOAD_BYTES) in the queue that it names.

    Raise `version` when an older worker could not understand a newer payload: it then leaves the
    job to a newer one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    queue: ClassVar[str]
    version: ClassVar[int] = 1


MAX_PAYLOAD_BYTES = 256 * 1024
