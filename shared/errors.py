"""Every error that Sluice raises on purpose, in one tree.

SluiceError
├── RequestError            a caller's mistake: becomes problem+json with `status`
│   ├── BadRequest          400
│   ├── Unauthorized        401
│   ├── Forbidden           403
│   ├── NotFound            404
│   ├── MethodNotAllowed    405
│   ├── Conflict            409
│   ├── TooLarge            413
│   ├── UnsupportedType     415
│   ├── Unprocessable       422
│   ├── TooMany             429
│   └── Unavailable         503
├── LeaseLost               another worker holds the job now: change nothing, stop
├── CancelRequested         somebody cancelled the job while it ran: roll back, then abandon it
├── InvalidQueueName        a queue's name breaks the rule in its message
├── UnknownQueue            nothing was ever enqueued there, and no worker works on it
├── InvalidSchedule         a cron line or a time zone that is none
├── BatchEnded              a job was to join a batch that is over
├── DuplicateJob            another job holds the unique key
├── PayloadTooLarge         a job's payload is over the queue's limit
├── ObjectExists            a create-only write found the object there already
├── ObjectMissing           the bucket has no such object
└── JobError                a handler's word on what to do with its job
    ├── Unrecoverable       trying again cannot help: bury it
    └── RetryAfter          try again, but not before `seconds`
"""

from typing import ClassVar


class SluiceError(Exception):
    """Root of the tree. Its text is one sentence that a user can act on."""


class RequestError(SluiceError):
    """A request that cannot be answered as asked; `details` go into the problem document."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "Bad request"

    def __init__(self, detail: str, **details: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.details = details


class BadRequest(RequestError):
    """The request is malformed."""


class Unauthorized(RequestError):
    """The caller did not say who they are, or not believably."""

    status = 401
    title = "Unauthorized"


class Forbidden(RequestError):
    """The caller is known, and may not do this."""

    status = 403
    title = "Forbidden"


class NotFound(RequestError):
    """No such thing, or it belongs to somebody else: the answer is the same."""

    status = 404
    title = "Not found"


class MethodNotAllowed(RequestError):
    """The path exists, but not for this method."""

    status = 405
    title = "Method not allowed"


class Conflict(RequestError):
    """The thing is in a state that does not allow this."""

    status = 409
    title = "Conflict"


class TooLarge(RequestError):
    """More bytes than the limit named in the message."""

    status = 413
    title = "Too large"


class UnsupportedType(RequestError):
    """The content is of a kind that Sluice does not read."""

    status = 415
    title = "Unsupported type"


class Unprocessable(RequestError):
    """Well-formed, but a value in it cannot be used."""

    status = 422
    title = "Unprocessable"


class TooMany(RequestError):
    """More than one owner may have at a time; `retry_after` is in seconds."""

    status = 429
    title = "Too many"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail, retryAfterSeconds=retry_after)
        self.retry_after = retry_after


class Unavailable(RequestError):
    """Something Sluice depends on does not answer just now."""

    status = 503
    title = "Unavailable"


class LeaseLost(SluiceError):
    """The lease was taken over or ended; whoever raised this has changed nothing."""

    def __init__(self, job_id: int, fence: int) -> None:
        super().__init__(f"Job {job_id}: the lease with fence {fence} is no longer held.")
        self.job_id = job_id
        self.fence = fence


class CancelRequested(SluiceError):
    """The job was cancelled while it ran; cancelled wins over completed."""


class InvalidQueueName(SluiceError):
    """A queue name may only use letters, digits, `_` and `-`, and at most 64 of them."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is no queue name: use 1 to 64 letters, digits, '_' and '-' only."
        )


class UnknownQueue(SluiceError):
    """The queue has no policy, because nobody has used it yet."""


class InvalidSchedule(SluiceError):
    """The cron line or the time zone cannot be used; the text says which."""


class BatchEnded(SluiceError):
    """All jobs of the batch have ended, and what follows it may have begun."""


class DuplicateJob(SluiceError):
    """Another job holds the unique key; `job_id` says which."""

    def __init__(self, job_id: int, key: str) -> None:
        super().__init__(f"Job {job_id} holds the key {key!r} already.")
        self.job_id = job_id


class PayloadTooLarge(SluiceError):
    """A payload belongs in the bucket once it is larger than the queue's limit."""


class ObjectExists(SluiceError):
    """Objects are immutable: a name can be written once."""


class ObjectMissing(SluiceError):
    """The object is not, or no longer, in the bucket."""


class JobError(SluiceError):
    """A handler's verdict on its own job; the text is shown to the user."""


class Unrecoverable(JobError):
    """Trying again cannot help: the job goes to the dead letter at once."""


class RetryAfter(JobError):
    """Try again, `seconds` from now at the earliest; spends an attempt."""

    def __init__(self, seconds: float, reason: str) -> None:
        super().__init__(reason)
        self.seconds = seconds
