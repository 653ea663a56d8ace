"""The work order that a schedule writes and the worker's `forget_keys` handler reads."""

from typing import ClassVar

from shared.queue.payload import Payload


class ForgetKeys(Payload):
    """Delete the idempotency keys that are too old to matter."""

    queue: ClassVar[str] = "forget_keys"
