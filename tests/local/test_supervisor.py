import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from local.child import Child
from local.errors import CannotRun, ChildDied
from local.supervisor import Supervisor

ROOT = Path(__file__).parents[2]

FAMILY = """
import pathlib, subprocess, sys, time
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
for apart in (False, True):
    member = subprocess.Popen(sleep, start_new_session=apart)
    print(member.pid, flush=True)
print("ready", flush=True)
time.sleep(600)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def child(tmp_path):
    def make(code, name="child", **options):
        log = tmp_path / f"{name}.log"
        return Child(name=name, command=[sys.executable, "-c", code], log=log, cwd=ROOT, **options)

    return make


def says_ready(child):
    return lambda: "ready" in child.log.read_text()


def processes_of(child):
    return [child.pid, *(p.pid for p in psutil.Process(child.pid).children(recursive=True))]


def alive(pids):
    """Those that still run; a zombie that nobody collects does not."""
    return [pid for pid in pids if _runs(pid)]


def _runs(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_stopping_ends_grandchildren_too_even_those_in_a_session_of_their_own(child):
    family = child(FAMILY)
    family.start()
    family.wait_ready(says_ready(family), seconds=10)
    pids = processes_of(family)
    family.stop()
    assert len(pids) == 3
    assert alive(pids) == []


def test_grandchildren_whose_parent_crashed_are_ended(child):
    family = child(FAMILY)
    family.start()
    family.wait_ready(says_ready(family), seconds=10)
    pids = processes_of(family)
    os.kill(family.pid, signal.SIGKILL)
    with pytest.raises(ChildDied, match="child has ended by itself \\(SIGKILL\\)"):
        family.wait_ready(lambda: False, seconds=10)
    family.stop()
    assert alive(pids) == []


def test_a_child_that_does_not_listen_is_killed_after_the_grace(child):
    deaf = child(DEAF)
    deaf.start()
    deaf.wait_ready(says_ready(deaf), seconds=10)
    deaf.stop(grace=0.05)
    assert not psutil.pid_exists(deaf.pid)


def test_a_child_that_dies_ends_all_and_shows_its_last_words(child):
    fine, faulty = child(FAMILY, "fine"), child("import nowhere", "faulty")
    pids = []

    def run_both():
        with Supervisor() as supervisor:
            supervisor.start(fine)
            fine.wait_ready(says_ready(fine), seconds=10)
            pids.extend(processes_of(fine))
            supervisor.start(faulty)
            supervisor.watch()

    with pytest.raises(ChildDied, match=r"^faulty has ended by itself \(exit code 1\)") as caught:
        run_both()
    assert "No module named 'nowhere'" in str(caught.value)
    assert alive(pids) == []


def test_parts_end_in_reverse_order_also_when_the_last_one_does_not_start():
    events = []

    class Recorded:
        def __init__(self, name, fails=False):
            self.name, self.fails = name, fails

        def start(self):
            events.append(f"start {self.name}")
            if self.fails:
                raise CannotRun("no")

        def check(self):
            """Always fine."""

        def stop(self):
            events.append(f"stop {self.name}")

    with Supervisor() as supervisor:
        supervisor.start(Recorded("a"))
        with pytest.raises(CannotRun):
            supervisor.start(Recorded("b", fails=True))
    assert events == ["start a", "start b", "stop b", "stop a"]


def test_a_part_that_is_not_ready_in_time_is_named(child):
    slow = child("import time; time.sleep(600)", "slow")
    slow.start()
    with pytest.raises(CannotRun, match=r"^slow was not ready in 0\.05 s"):
        slow.wait_ready(lambda: False, seconds=0.05)
    slow.stop()


def test_a_program_that_is_not_there_is_named(child, tmp_path):
    lost = Child(name="lost", command=["/nowhere/at-all"], log=tmp_path / "log", cwd=ROOT)
    lost.start()
    with pytest.raises(CannotRun, match=r"lost failed(.|\n)*No such file(.|\n)*/nowhere/at-all"):
        lost.wait_done(seconds=10)


STARTER = """
import sys, time
from pathlib import Path
from local.child import Child
child = Child(
    name="child", command=[sys.executable, "-c", "import time; time.sleep(600)"],
    log=Path(sys.argv[1]), cwd=Path.cwd(),
)
child.start()
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a child of its parent's death"
)
def test_a_child_dies_with_a_parent_that_was_killed(tmp_path):
    command = [sys.executable, "-c", STARTER, tmp_path / "log"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as starter:
        child = psutil.Process(int(starter.stdout.readline()))
        starter.kill()
        gone, left = psutil.wait_procs([child], timeout=10)
    assert (len(gone), len(left)) == (1, 0)


def test_a_second_signal_does_not_interrupt_the_ending(child):
    family = child(FAMILY)
    interrupted = threading.Event()

    class Impatient:
        def start(self):
            """Nothing to do."""

        def check(self):
            """Always fine."""

        def stop(self):
            os.kill(os.getpid(), signal.SIGINT)
            interrupted.set()

    with Supervisor() as supervisor:
        supervisor.start(family)
        family.wait_ready(says_ready(family), seconds=10)
        pids = processes_of(family)
        supervisor.start(Impatient())
    assert interrupted.is_set()
    assert alive(pids) == []
