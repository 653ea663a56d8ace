"""What the upload function is asked and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, PositiveInt, StringConstraints

from functions.upload.file_name import safe_file_name
from shared.clean.options import NO_OPTIONS, ParseOptions
from shared.model import Model

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class UploadForm(ParseOptions):
    """The file itself, as multipart/form-data; other fields say how to read it."""

    file: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    options: ParseOptions | None = None
    """The same as the other fields, in one, as JSON."""


class StartFromUpload(Model):
    """A file that is in the bucket already."""

    upload_id: UUID
    options: ParseOptions = NO_OPTIONS


_MEDIA_TYPE = r"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(;[ -~]*[!-~])?$"
"""It becomes a header of the request to the bucket."""


class PromiseUpload(Model):
    """A file that the client is about to send straight to the bucket."""

    file_name: Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(safe_file_name)]
    size: PositiveInt
    """Bytes."""
    content_type: Annotated[str, Field(max_length=200, pattern=_MEDIA_TYPE)] = (
        "application/octet-stream"
    )
    sha256: Sha256 | None = None
    """Verified before the task starts."""


class Promised(Model):
    """PUT the file to `upload_url`, `chunk_size` bytes at a time, then start a task with the id."""

    upload_id: UUID
    upload_url: str
    chunk_size: int
    """Bytes; every chunk but the last must have as many."""
    expires_at: datetime


class Accepted(Model):
    """The work is queued; follow it at `status_url`."""

    record_id: UUID
    job_id: int
    status: Literal["processing"] = "processing"
    status_url: str


def accepted(record_id: UUID, job_id: int) -> Accepted:
    """Return the answer for a record and the job that parses it."""
    url = f"/api/v1/sheets/tasks/{record_id}/status?jobId={job_id}"
    return Accepted(record_id=record_id, job_id=job_id, status_url=url)
