"""The work order for objects that are to go, written in the transaction that drops the last
reference to them: when it commits they are as good as gone, whatever becomes of its process.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Annotated, ClassVar, Self

from pydantic import StringConstraints

from shared.queue.payload import Payload

_NAMES_AT_ONCE = 500

Name = Annotated[str, StringConstraints(pattern=r"^[^/]+/[^/]")]
"""At least two levels deep: nothing can ask for a whole branch of the bucket."""


class DeleteObjects(Payload):
    """Delete objects; a name that ends in a slash stands for all under it."""

    queue: ClassVar[str] = "delete_objects"

    names: tuple[Name, ...]

    @classmethod
    def of(cls, names: Sequence[str]) -> list[Self]:
        """Return as many work orders as these names need."""
        rest = iter(names)
        return [cls(names=some) for some in iter(lambda: tuple(islice(rest, _NAMES_AT_ONCE)), ())]
