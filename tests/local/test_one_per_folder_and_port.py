import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local.errors import CannotRun
from local.lock import locked
from local.ports import listening
from local.system import running_system

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from local.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_used_port_is_named_and_nothing_is_started(tmp_path):
    with listening(0) as listener:
        port = listener.getsockname()[1]
        line = f"Port {port} is in use. Choose another one with --port."
        with (
            pytest.raises(CannotRun, match=f"^{line}$"),
            running_system(data=tmp_path, port=port),
        ):
            pass
    assert [entry.name for entry in tmp_path.iterdir()] == ["lock"]


def test_a_port_is_free_again_at_once(tmp_path):
    with listening(0) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            listener.accept()[0].close()
    with listening(port) as again:
        assert again.getsockname()[1] == port


def test_a_folder_belongs_to_one_system_until_it_ends_however_it_ends(tmp_path):
    command = [sys.executable, "-c", HOLDER, tmp_path]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(CannotRun, match=f"Another Sluice runs on {tmp_path}"), locked(tmp_path):
            pass
        holder.kill()
        holder.wait()
        with locked(tmp_path):
            pass
