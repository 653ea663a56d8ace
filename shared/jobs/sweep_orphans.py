"""The work order that a schedule writes and the worker's `sweep_orphans` handler reads."""

from typing import ClassVar

from shared.queue.payload import Payload


class SweepOrphans(Payload):
    """Walk over the bucket and have the objects deleted that nothing refers to."""

    queue: ClassVar[str] = "sweep_orphans"
