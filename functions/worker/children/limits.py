"""What one job may use of the machine."""

from __future__ import annotations

import contextlib
import math
import resource

from pydantic import BaseModel, ConfigDict

_MIB = 1 << 20
_REPORTING_MIB = 64
"""What a job that has used up its memory gets on top, so that it can say so."""


class Limits(BaseModel):
    """The kernel holds a process to all of them but `tasks`, for which the fork server looks."""

    model_config = ConfigDict(frozen=True)

    memory_mib: int
    """Address space, which is always more than what is resident."""
    cpu_seconds: int
    """Of one attempt."""
    file_mib: int
    """Of one temporary file."""
    tasks: int
    """Threads and processes together."""

    def apply(self) -> None:
        """Hold this process and all that it will start to them."""
        memory = self.memory_mib * _MIB
        _set(resource.RLIMIT_AS, memory, memory + _REPORTING_MIB * _MIB)
        _set(resource.RLIMIT_FSIZE, self.file_mib * _MIB, self.file_mib * _MIB)
        _set(resource.RLIMIT_CORE, 0, 0)

    def begin_job(self) -> None:
        """Allow the processor time of one more job; the kernel counts by process."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = math.ceil(used.ru_utime + used.ru_stime) + self.cpu_seconds
        _set(resource.RLIMIT_CPU, until, resource.RLIM_INFINITY)

    def make_room(self) -> None:
        """Grant a process that has run out of memory what it needs for its last words."""
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        _set(resource.RLIMIT_AS, hard, hard)


def _set(what: int, soft: int, hard: int) -> None:
    # Systems other than Linux lack some; and nobody may exceed what the whole worker is held to.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (soft, hard))
