"""Find and end what a child has started, even when its parents are gone already."""

import psutil

MARK = "SLUICE_CHILD"
"""Environment variable that a child hands down to everything it starts."""
_ROUNDS = 5


def end_marked(mark: str) -> None:
    """Kill every process that carries the mark, again until there is none."""
    for _ in range(_ROUNDS):
        marked = [process for process in psutil.process_iter() if _carries(process, mark)]
        if not marked:
            return
        for process in marked:
            _kill(process)
        psutil.wait_procs(marked, timeout=1)


def _carries(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark
    except (psutil.Error, OSError):  # gone, or not ours
        return False


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
