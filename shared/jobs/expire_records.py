"""The work order that a schedule writes and the worker's `expire_records` handler reads."""

from typing import ClassVar

from shared.queue.payload import Payload


class ExpireRecords(Payload):
    """Delete the records whose time is up, and all that belongs to them."""

    queue: ClassVar[str] = "expire_records"
