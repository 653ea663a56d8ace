"""Where a page of a list ended, as an opaque word."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from shared.errors import Unprocessable

T = TypeVar("T", bound="Listed")


class Listed(Protocol):
    """A record in a list, which is in the order of these two."""

    @property
    def created_at(self) -> datetime:
        """When it was made."""

    @property
    def id(self) -> UUID:
        """Its name."""


def page(found: Sequence[T], limit: int) -> tuple[Sequence[T], str | None]:
    """Return the first `limit` records, and where the next page begins if more were found."""
    listed = found[:limit]
    return listed, _after(listed[-1]) if len(found) > limit else None


def _after(record: Listed) -> str:
    place = json.dumps([record.created_at.isoformat(), str(record.id)])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def decode(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Return where the cursor points; raises Unprocessable for a word that is none of ours."""
    if cursor is None:
        return None
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        created_at, record_id = json.loads(place)
        return datetime.fromisoformat(created_at), UUID(record_id)
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise invalid() from error


def invalid() -> Unprocessable:
    """Return the error for a cursor that no list has handed out."""
    return Unprocessable("The cursor is not valid: use the nextCursor of the last page.")


def decode_id(cursor: str | None) -> int | None:
    """Return the id below which a list by id goes on; raises Unprocessable like `decode`."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdecimal()) or int(cursor).bit_length() >= 64:  # noqa: PLR2004 - a bigint
        raise invalid()
    return int(cursor)
