"""Why a job's process ended before its work, in a sentence for the user."""

from __future__ import annotations

import errno
import re
import signal

from functions.worker.children.limits import Limits
from functions.worker.children.messages import Ended, Failed

_NO_MEMORY = re.compile(
    r"bad_alloc|memory allocation of \d+ bytes failed|out of memory|cannot allocate memory"
    r"|MemoryError",
    re.IGNORECASE,
)
"""What the run-time libraries of C++, Rust, C and Python say on their way out."""
_NO_THREAD = re.compile("can't (start|create|allocate) (a )?(new )?thread", re.IGNORECASE)
_CRASH = ", perhaps over something unusual in the file. Saving the file anew may help."
_ADVICE = {
    "SIGKILL": ", most likely because the machine ran out of memory. Try a smaller file, or give"
    " the worker more memory.",
    "SIGABRT": ", perhaps over something unusual in the file or for want of memory. Try a smaller"
    " file, or save it anew.",
    **dict.fromkeys(["SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP"], _CRASH),
}


def failure_of_death(end: Ended | None, said: str, limits: Limits) -> Failed:
    """Return what to tell of a process that died; `said` is the end of its standard error.

    The end is None when nobody could tell.
    """
    lost = "The process that worked on this was lost."
    return Failed(message=lost if end is None else _sentence(end, said, limits), trace=said or None)


def _sentence(end: Ended, said: str, limits: Limits) -> str:
    if end.too_many_tasks:
        return _too_many_tasks(limits)
    name = _signal(end.code)
    if name == "SIGXCPU":
        return _too_much_time(limits)
    if name != "SIGKILL" and _NO_MEMORY.search(said):
        return _too_much_memory(limits)
    died = f"The process that worked on this died ({name or f'exit code {end.code}'})"
    advice = _ADVICE.get(name or "")
    return f"{died}{advice}" if advice else f"{died}."


def _signal(code: int) -> str | None:
    if code >= 0:
        return None
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def sentence_of_exhaustion(error: Exception, limits: Limits) -> str | None:
    """Return the sentence for an exception that tells of a limit; None for any other."""
    match error:
        case MemoryError():
            return _too_much_memory(limits)
        case OSError(errno=errno.ENOMEM):
            return _too_much_memory(limits)
        case OSError(errno=errno.EFBIG):
            return (
                f"The work wrote more than {limits.file_mib} MiB into one temporary file, the most"
                " that is allowed. Try a smaller file, or allow more (WORKER_JOB_FILE_MIB)."
            )
        case OSError(errno=errno.ENOSPC):
            return (
                "The worker has no space left for temporary files. Try a smaller file, or give the"
                " worker more space."
            )
        case RuntimeError() if _NO_THREAD.search(str(error)):
            return _too_many_tasks(limits)
        case _:
            return None


def _too_much_memory(limits: Limits) -> str:
    return (
        f"The work needed more than {limits.memory_mib} MiB of memory, the most that is allowed."
        " Try a smaller file, or allow more (WORKER_JOB_MEMORY_MIB)."
    )


def _too_much_time(limits: Limits) -> str:
    return (
        f"The work took more than {limits.cpu_seconds} s of processor time, the most that is"
        " allowed. Try a smaller file, or allow more (WORKER_JOB_CPU_SECONDS)."
    )


def _too_many_tasks(limits: Limits) -> str:
    return (
        f"The work started too many threads or processes; {limits.tasks} are the most that is"
        " allowed (WORKER_JOB_TASKS)."
    )
