"""The next version of a sheet record, made by whatever job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from psycopg import Connection

from functions.worker.result import Result
from shared.clean.column import Column
from shared.clean.source import Source
from shared.errors import Unrecoverable
from shared.records import versions
from shared.records.versions import NewVersion, ReadAnew, VersionChanged

if TYPE_CHECKING:
    from functions.worker.frames.publish import Published


class VersionMade(Result):
    """What the record gets to know."""

    file_key: str
    file_size: int
    file_sha256: str
    clean_data_key: str
    total_rows: int
    columns: list[Column]
    source: Source

    @classmethod
    def of(cls, made: Published) -> Self:
        """Return it for what was published, of which all objects are to stay."""
        return cls(
            file_key=made.file_key,
            file_size=made.file_size,
            file_sha256=made.file_sha256,
            clean_data_key=made.manifest_key,
            total_rows=made.manifest.total_rows,
            columns=made.manifest.columns,
            source=made.source,
            objects=(made.file_key, made.manifest_key, *made.manifest.objects()),
        )

    def append(
        self,
        conn: Connection,
        record_id: UUID,
        *,
        actions: list[dict[str, Any]],
        created_by: str,
        expected: int,
        edited: str,
    ) -> None:
        """Let the record refer to it, in the transaction that completes the job.

        `expected` and `edited` are the version and the clean data that it was made of. Raises
        Unrecoverable when the record has others by now.
        """
        new = NewVersion(
            file_key=self.file_key,
            file_size=self.file_size,
            file_sha256=self.file_sha256,
            clean_data_key=self.clean_data_key,
            total_rows=self.total_rows,
            total_cols=len(self.columns),
            columns=[column.model_dump(mode="json") for column in self.columns],
            source=self.source.model_dump(mode="json"),
            actions=actions,
            created_by=created_by,
        )
        try:
            versions.append(conn, record_id, new, expected=expected, edited=edited)
        except (VersionChanged, ReadAnew) as changed:
            raise Unrecoverable(str(changed)) from changed
