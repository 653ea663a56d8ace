"""Why one attempt at a job failed."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel

_Text = Annotated[str, AfterValidator(lambda text: text.replace("\0", "\ufffd"))]
"""An error may quote what the database cannot hold."""


class AttemptError(BaseModel):
    """`message` is one sentence for the user; `trace` is for operators only.

    The queue keeps it with `startedAt` and `endedAt`, by the database's clock.
    """

    attempt: int
    message: _Text
    trace: _Text | None = None
