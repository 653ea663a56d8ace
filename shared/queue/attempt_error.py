"""Why one attempt at a job failed."""

from pydantic import BaseModel


class AttemptError(BaseModel):
    """`message` is one sentence for the user; `trace` is for operators only.

    The queue keeps it with `startedAt` and `endedAt`, by the database's clock.
    """

    attempt: int
    message: str
    trace: str | None = None
