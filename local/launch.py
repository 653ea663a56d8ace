"""What a Child does before it becomes its program. Run as a script: standard library only.

    python -I -S launch.py PARENT_PID DEATH_SIGNAL ACCOUNT DIRECTORY PROGRAM [ARGUMENT…]

ACCOUNT is `uid:gid`, or `-` to stay who we are. On Linux the program gets DEATH_SIGNAL when
its parent dies, however it dies. Ends with 126 and one line on stderr when it cannot start.
"""

import contextlib
import ctypes
import os
import sys
from typing import NoReturn

_SET_DEATH_SIGNAL, _SET_SECURE_BITS, _AMBIENT, _AMBIENT_RAISE = 1, 28, 47, 2
_NO_SETUID_FIXUP = 1 << 2
_CAPABILITIES_VERSION_3 = 0x20080522
_DAC_OVERRIDE = 1


def launch(parent: int, death_signal: int, account: str, directory: str, *program: str) -> NoReturn:
    """Take on the account, die with the parent, enter the directory, become the program."""
    linux = sys.platform == "linux"
    if account != "-":
        _become(*(int(number) for number in account.split(":")), keep_access=linux)
    if linux:
        _prctl(_SET_DEATH_SIGNAL, death_signal)
    if os.getppid() != parent:  # it died before we could bind ourselves to it
        sys.exit(126)
    os.chdir(directory)
    os.execvp(program[0], program)  # noqa: S606 - becoming the program is the point


def _become(uid: int, gid: int, *, keep_access: bool) -> None:
    """Leave root, yet go on reaching files in folders that only root may enter."""
    if keep_access:
        _keep_access()
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if keep_access:
        _drop_all_but_access()


def _keep_access() -> None:
    """Let capabilities outlive the change of user, and count when access() is asked."""
    with contextlib.suppress(OSError):  # then chdir or exec says what cannot be reached
        _prctl(_SET_SECURE_BITS, _NO_SETUID_FIXUP)


def _drop_all_but_access() -> None:
    """Carry CAP_DAC_OVERRIDE alone over the coming exec: a clone under /root then works."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION_3, 0)
    effective = permitted = inheritable = 1 << _DAC_OVERRIDE
    data = (ctypes.c_uint32 * 6)(effective, permitted, inheritable, 0, 0, 0)
    if _libc().capset(header, data) == 0:
        with contextlib.suppress(OSError):
            _prctl(_AMBIENT, _AMBIENT_RAISE, _DAC_OVERRIDE)


def _prctl(option: int, *arguments: int) -> None:
    padded = [ctypes.c_ulong(n) for n in (*arguments, 0, 0, 0, 0)[:4]]
    if _libc().prctl(option, *padded):
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


if __name__ == "__main__":
    try:
        launch(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
    except OSError as error:
        sys.stderr.write(f"Cannot start: {error.strerror}: {error.filename or sys.argv[5]}\n")
        sys.exit(126)
