"""The work order that a schedule writes and the worker's `measure_pace` handler reads."""

from typing import ClassVar

from shared.queue.payload import Payload


class MeasurePace(Payload):
    """Measure how long the jobs of each queue take."""

    queue: ClassVar[str] = "measure_pace"
