"""What a command ends with; the text goes to stderr, the code to the shell."""

from typing import Any, ClassVar

from shared.errors import SluiceError


class CommandFailed(SluiceError):
    """Root of what ends a command early."""

    exit_code: ClassVar[int] = 1


class TaskFailed(CommandFailed):
    """The task ended in error or was cancelled; its own sentence says why."""


class NotYet(CommandFailed):
    """A job has to make it first; `task` is the server's answer, which names the job."""

    def __init__(self, task: dict[str, Any]) -> None:
        super().__init__(f"Job {task['jobId']} is still working on it.")
        self.task = task


class Refused(CommandFailed):
    """The server, or we ourselves, cannot do what was asked: asking again will not help."""

    exit_code = 2


class NotReached(CommandFailed):
    """Nobody answers, or the server has a fault of its own."""

    exit_code = 3
