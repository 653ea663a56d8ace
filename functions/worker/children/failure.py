"""What an exception says about a job."""

from __future__ import annotations

import traceback

from functions.worker.children.messages import Failed
from shared.errors import RetryAfter, Unrecoverable
from shared.storage import is_of_the_bucket


def failure_of(error: Exception, sentence: str) -> Failed:
    """Return the failure; `sentence` tells the user of an error that has no words for users.

    A trace is for operators: also where a library's error was taken for the file's own fault.
    """
    match error:
        case Unrecoverable():
            trace = _trace(error) if error.__cause__ else None
            return Failed(message=str(error), hopeless=True, trace=trace)
        case RetryAfter():
            return Failed(message=str(error), retry_after=error.seconds)
        case _ if is_of_the_bucket(error):
            return Failed(message="The storage did not answer.", trace=_trace(error))
        case _:
            return Failed(message=f"{sentence} ({type(error).__name__}).", trace=_trace(error))


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error))
