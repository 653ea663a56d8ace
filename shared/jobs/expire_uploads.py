"""The work order that a schedule writes and the worker's `expire_uploads` handler reads."""

from typing import ClassVar

from shared.queue.payload import Payload


class ExpireUploads(Payload):
    """Delete the promised uploads that no task was started from in time."""

    queue: ClassVar[str] = "expire_uploads"
