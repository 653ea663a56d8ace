"""The work order that a schedule writes and the worker's `keep_history` handler reads."""

from typing import ClassVar

from shared.queue.payload import Payload


class KeepHistory(Payload):
    """Make the history's partitions of the coming days, and drop those that nobody keeps."""

    queue: ClassVar[str] = "keep_history"
