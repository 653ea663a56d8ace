"""Whether a record may be changed."""

from __future__ import annotations

from uuid import UUID

from psycopg import Connection

from shared.errors import Conflict
from shared.records import sheets
from shared.records.sheets import Sheet
from shared.records.versions import VersionChanged


def editable(conn: Connection, owner: str, record_id: UUID, expected: int | None) -> Sheet:
    """Return the owner's record; raises NotFound, and Conflict unless it is as is expected."""
    sheet = sheets.require(conn, record_id, owner)
    if not sheet.parsed:
        raise Conflict("The file is not read yet: follow its status until it is ready.")
    if expected is not None and expected != sheet.version:
        raise conflict(VersionChanged(sheet.version, expected))
    return sheet


def conflict(changed: VersionChanged) -> Conflict:
    """Return the answer to somebody who has seen another version."""
    return Conflict(str(changed), version=changed.version)
