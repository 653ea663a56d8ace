"""The work order that upload writes and the worker's `parse_excel` handler reads."""

from typing import ClassVar, Final
from uuid import UUID

from shared.clean.options import NO_OPTIONS, ParseOptions
from shared.queue.payload import Payload

_MIB: Final = 1 << 20
_LEAST_COST: Final = 0.1


class ParseExcel(Payload):
    """Turn the stored original of a sheet record into clean data."""

    queue: ClassVar[str] = "parse_excel"
    version: ClassVar[int] = 2

    record_id: UUID
    source: str
    """Name of the original in the bucket."""
    file_name: str
    """As the user called it; only for messages, content decides how it is read."""
    options: ParseOptions = NO_OPTIONS
    """What the user has said about how to read it."""
    record_version: int | None = None
    """The version whose clean data has gone and is made again; None for a file that is new."""


def cost_of(file_size: int) -> float:
    """Return the cost of work on files of so many bytes: MiB, by which durations are measured and
    fair shares are counted, but a tiny file is not for nothing.
    """
    return max(_LEAST_COST, file_size / _MIB)
