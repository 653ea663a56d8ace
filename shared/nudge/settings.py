"""How the worker is told that there is work."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, FilePath, HttpUrl, PositiveInt, ValidationInfo, field_validator

from shared.settings import Settings

_JOB = re.compile(r"projects/[^/\s]+/locations/[^/\s]+/jobs/[^/\s]+")


class NudgeSettings(Settings):
    """Settings of every function that nudges.

    NUDGE=http posts to WORKER_URL: for one's own machine, and for Knative, where WORKER_TOKEN_FILE
    holds a token that the worker lets in, renewed by the cluster.
    NUDGE=scheduler makes Cloud Scheduler run the job NUDGE_SCHEDULER_JOB, by its full name, with
    the function's own identity: for Cloud Run, whose worker lets in nobody else.
    """

    nudge: Literal["none", "http", "scheduler"] = "none"
    worker_url: HttpUrl | None = Field(default=None, validate_default=True)
    worker_token_file: FilePath | None = None
    nudge_scheduler_job: str | None = Field(default=None, validate_default=True)
    nudge_scheduler_api: HttpUrl = HttpUrl("https://cloudscheduler.googleapis.com")
    worker_max_drains: PositiveInt = 2
    """How many drains may be at work at once, before nobody asks for more."""

    @field_validator("worker_url")
    @classmethod
    def _reachable(cls, url: HttpUrl | None, info: ValidationInfo) -> HttpUrl | None:
        if info.data.get("nudge") != "http":
            return url
        if url is None:
            raise ValueError("NUDGE=http needs the worker's address, e.g. http://worker:8080/.")
        if (url.host or "").endswith(".run.app"):
            raise ValueError(
                "NUDGE=http sends no token, which Cloud Run demands: use NUDGE=scheduler there."
            )
        return url

    @field_validator("nudge_scheduler_job")
    @classmethod
    def _full_name(cls, job: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("nudge") == "scheduler" and not _JOB.fullmatch(job or ""):
            raise ValueError(
                "NUDGE=scheduler needs the full name of the Cloud Scheduler job: "
                "projects/…/locations/…/jobs/…"
            )
        return job
