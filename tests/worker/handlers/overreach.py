"""Takes more than it may, or leaves more behind than it should; bounded even if nobody stops it."""

from __future__ import annotations

import ctypes
import io
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Never

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.result import Result as AnyResult
from shared.queue.payload import Payload as AnyPayload

_MIB = 1 << 20
_MOST_MIB = 2048
_MOST_TASKS = 150
_MOST_SECONDS = 20.0


class Payload(AnyPayload):
    """`how` names one of the functions below; `signs` is where they tell process ids."""

    queue: ClassVar[str] = "overreach"

    signs: Path
    how: str


class Result(AnyResult):
    pid: int


def run(payload: Payload, job: Job) -> Result:
    _WAYS[payload.how](payload, job)
    return Result(pid=os.getpid())


def save(conn: Connection, payload: Payload, result: Result) -> None:
    line = [payload.how, str(result.pid)]
    conn.execute("insert into public.ledger (name, note) values (%s, %s)", line)


def behave(payload: Payload, job: Job) -> None:
    """Nothing but what it may."""


def use_temporary_files(payload: Payload, job: Job) -> None:
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(job.folder)
    Path(tempfile.mkdtemp(), "left behind").touch()


def fill_memory(payload: Payload, job: Job) -> None:
    kept = [bytes(_MIB) for _ in range(_MOST_MIB)]
    assert len(kept) == _MOST_MIB


def fill_memory_natively(payload: Payload, job: Job) -> None:
    """Two cells in opposite corners; calamine reserves room for all between them."""
    from openpyxl import Workbook  # noqa: PLC0415
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    workbook, file = Workbook(), io.BytesIO()
    workbook.active["A1"] = workbook.active["XFD1048576"] = 1
    workbook.save(file)
    file.seek(0)
    CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)


def fill_a_file(payload: Payload, job: Job) -> None:
    with (job.folder / "big").open("wb") as file:
        for _ in range(_MOST_MIB // 64):
            file.write(bytes(_MIB))


def read_what_is_not_there(payload: Payload, job: Job) -> None:
    ctypes.string_at(0)


def give_up(payload: Payload, job: Job) -> None:
    os.abort()


def spin(payload: Payload, job: Job) -> None:
    until = time.monotonic() + _MOST_SECONDS
    while time.monotonic() < until:
        pass


def use_most_of_the_time(payload: Payload, job: Job) -> None:
    until = time.process_time() + 0.9
    while time.process_time() < until:
        pass


def leave(payload: Payload, job: Job) -> Never:
    raise SystemExit(4)


def be_killed(payload: Payload, job: Job) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def start_threads(payload: Payload, job: Job) -> None:
    threading.stack_size(_MIB // 16)
    for _ in range(_MOST_TASKS):
        threading.Thread(target=_wait, daemon=True).start()
    _wait()


def start_processes(payload: Payload, job: Job) -> None:
    for _ in range(_MOST_TASKS):
        pid = os.fork()
        if pid == 0:
            _wait()
            os._exit(0)
        _tell(payload, pid)
    _wait()


def leave_processes(payload: Payload, job: Job) -> None:
    """One in the job's session, one in a session of its own, one whose parent has gone."""
    for options in ({}, {"start_new_session": True}):
        _tell(payload, subprocess.Popen(["sleep", str(_MOST_SECONDS)], **options).pid)
    told = payload.signs / "pids"
    in_the_background = f"setsid sleep {_MOST_SECONDS} & echo $! >> {told}"
    subprocess.run(["sh", "-c", in_the_background], check=True)


def leave_processes_and_wait(payload: Payload, job: Job) -> None:
    leave_processes(payload, job)
    (payload.signs / "reached").touch()
    _wait()


def leave_a_thread(payload: Payload, job: Job) -> None:
    threading.Thread(target=_wait, daemon=True).start()


_WAYS: dict[str, Callable[[Payload, Job], None]] = {
    way.__name__: way
    for way in (
        behave,
        use_temporary_files,
        fill_memory,
        fill_memory_natively,
        fill_a_file,
        read_what_is_not_there,
        give_up,
        spin,
        use_most_of_the_time,
        leave,
        be_killed,
        start_threads,
        start_processes,
        leave_processes,
        leave_processes_and_wait,
        leave_a_thread,
    )
}


def _wait() -> None:
    time.sleep(_MOST_SECONDS)


def _tell(payload: Payload, pid: int) -> None:
    with (payload.signs / "pids").open("a") as pids:
        pids.write(f"{pid}\n")
