"""What makes a forked process a child that can harm nobody but itself."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from typing import NoReturn

from functions.worker.children import child
from functions.worker.children.limits import Limits

_STDERR = 2
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own has ended, where the system can do that."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def become_child(pipe: int, said: int, limits: Limits) -> NoReturn:
    """Work for the worker at the other end of `pipe`; what native code says goes to file `said`."""
    try:
        os.setsid()
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.set_inheritable(pipe, False)
        os.dup2(said, _STDERR)
        os.close(said)
        faulthandler.enable()
        limits.apply()
        child.live(Connection(pipe), limits)
    except BaseException:  # noqa: BLE001 - the server's code must never go on in a child
        traceback.print_exc()
    finally:
        os._exit(1)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
