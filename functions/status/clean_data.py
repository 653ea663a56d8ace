"""Where a record's clean data is, or why there is none."""

from __future__ import annotations

from uuid import UUID

from functions.status.settings import settings
from functions.status.task_status import status_of
from shared.db import transaction
from shared.errors import Conflict
from shared.http.identity import current_user


def clean_data_key(record_id: UUID) -> str:
    """Return the manifest's name; raises NotFound, or Conflict while there is no clean data."""
    with transaction(settings().database) as conn:
        task = status_of(conn, current_user(), record_id, None)
    key = task.record.clean_data_key
    if key is None:
        reason = {
            "processing": "The file is still being worked on: follow its status until it is ready.",
            "cancelled": "The work on this file was cancelled: retry the job, or upload it again.",
        }.get(task.status, task.error or "")
        raise Conflict(reason, taskStatus=task.status, jobId=task.job_id)
    return key
