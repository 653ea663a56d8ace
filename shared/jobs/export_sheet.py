"""The work order that status writes and the worker's `export_sheet` handler reads."""

import hashlib
from typing import ClassVar
from uuid import UUID

from shared.clean.export import ExportFormat
from shared.queue.payload import Payload


class ExportSheet(Payload):
    """Make a file of clean data, for download."""

    queue: ClassVar[str] = "export_sheet"

    record_id: UUID
    clean_data_key: str
    """Of the version that is exported."""
    format: ExportFormat
    columns: tuple[str, ...] | None = None
    filters: tuple[str, ...] = ()
    neutralise: bool | None = None

    @property
    def identity(self) -> str:
        """Return the same for two orders when, and only when, they ask for the same file."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def written_by(prefix: str, job_id: int) -> str:
    """Return what the name of the file that a job has made begins with.

    A job that is completed has left that object and no other.
    """
    return f"{prefix}/{job_id}-"
