"""The work order that a schedule writes and the worker's handler of that name reads."""

from typing import ClassVar

from shared.queue.payload import Payload


class ExpireLanguageRecords(Payload):
    """Delete the screenings and extractions whose time is up, and all that belongs to them."""

    queue: ClassVar[str] = "expire_language_records"
