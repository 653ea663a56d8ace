"""What the worker needs to know."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, HttpUrl, Json, PositiveFloat, PositiveInt, model_validator

from shared.nudge.settings import NudgeSettings
from shared.settings import load


class WorkerSettings(NudgeSettings):
    """Times in seconds."""

    worker_budget_seconds: PositiveFloat = 240
    """How long one call may drain, at the most."""
    cloud_run_timeout_seconds: PositiveFloat | None = None
    """The platform's request time-out, under the name that Cloud Run gives it; a drain ends before
    it."""
    worker_long_seconds: PositiveFloat = 23 * 3600
    """How long the long lane's worker may work; below the time-out of its Cloud Run Job."""
    worker_linger: bool = False
    """Whether a drain that finds nothing waits for more until its time is up: for instances that
    are resident anyway."""
    worker_slots: PositiveInt = 1
    """How many jobs, or batches of SQL jobs, are worked on at once; each child needs its memory."""
    worker_job_memory_mib: int = Field(3072, ge=512)
    """Address space of a job's process; libraries alone take 400 MiB of it."""
    worker_job_cpu_seconds: PositiveInt = 600
    """Processor time of one attempt at a job."""
    worker_job_file_mib: PositiveInt = 4096
    """Size of one temporary file."""
    worker_job_tasks: int = Field(256, ge=16)
    """Threads and processes of a job together."""

    worker_callers: Json[frozenset[str]] = Field(default=frozenset(), validate_default=False)
    """A JSON list of those who may call, as their tokens name them: needed where no platform checks
    them. Empty: Cloud Run's IAM does."""
    worker_audience: str | None = None
    """What the callers' tokens are made for."""
    worker_caller_issuer: str = "https://accounts.google.com"
    """Who makes the callers' tokens: Google, or a Kubernetes cluster."""
    worker_caller_jwks_url: HttpUrl = HttpUrl("https://www.googleapis.com/oauth2/v3/certs")
    worker_caller_jwks_token_file: Path | None = None
    """A token for this address: a Kubernetes cluster shows its keys to its own service accounts."""
    worker_caller_jwks_ca_file: Path | None = None
    """The authority behind its certificate, where that is the cluster's own."""
    worker_caller_claim: str = "email"
    """What names a caller: an address at Google, `sub` in Kubernetes."""

    @model_validator(mode="after")
    def _an_audience_for_callers(self) -> WorkerSettings:
        if self.worker_callers and not self.worker_audience:
            raise ValueError("WORKER_CALLERS needs WORKER_AUDIENCE: what their tokens are for.")
        return self


@lru_cache
def settings() -> WorkerSettings:
    """Return the settings; ends the process when they are wrong."""
    return load(WorkerSettings)
