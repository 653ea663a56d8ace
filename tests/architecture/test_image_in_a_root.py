"""What an image is made of and does at its start, in an empty root: files, packages, user, command.

Needs root, for chroot and to become the image's user; elsewhere it is skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from local.ports import HOST, free_port
from local.system import System, running_system

ROOT = Path(__file__).parents[2]
FUNCTIONS = ("upload", "status", "worker")
PYTHON = "/usr/local/bin/python3"

pytestmark = [
    pytest.mark.image,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("image"),
    pytest.mark.skipif(os.geteuid() != 0, reason="chroot needs root"),
]


class Image:
    """A root folder made by the instructions of a Dockerfile."""

    def __init__(self, function: str, folder: Path) -> None:
        self.root = folder
        text = (ROOT / "functions" / function / "Dockerfile").read_text()
        text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
        lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
        final = lines[max(i for i, (word, _) in enumerate(lines) if word == "FROM") :]
        self.env = {"HOME": "/tmp", "LD_LIBRARY_PATH": "/usr/local/lib"}
        self._base()
        for word, rest in final:
            if word == "COPY" and not rest.startswith("--from"):
                self._copy(*rest.split())
            elif word == "ENV":
                self.env |= dict(pair.split("=", 1) for pair in rest.split())
            elif word == "USER":
                self.user = int(rest.split(":")[0])
            elif word == "CMD":
                self.command = json.loads(rest)
        self._install(ROOT / "functions" / function / "requirements.txt")
        self._run([PYTHON, "-m", "compileall", "-q", "functions", "shared"], user=0)

    def start(self, env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
        program, *arguments = self.command
        assert program == "gunicorn"
        with log.open("wb") as out:
            return subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    _ENTER,
                    str(self.root),
                    str(self.user),
                    PYTHON,
                    "-m",
                    program,
                    *arguments,
                ],
                env={**self.env, "PYTHONPATH": "/app:/packages", **env},
                stdout=out,
                stderr=out,
            )

    def writable(self) -> list[str]:
        """Return what the image's user could write to under /app and /packages."""
        code = (
            "import os, sys; print(*[p for top in sys.argv[1:] for d, _, fs in os.walk(top)"
            " for p in (d, *(os.path.join(d, f) for f in fs)) if os.access(p, os.W_OK)], sep='\\n')"
        )
        return self._run([PYTHON, "-c", code, "/app", "/packages"], user=self.user).split()

    def _base(self) -> None:
        """Put Python and the libraries that it needs there, which the base image has."""
        prefix = Path(sys.base_prefix)
        subprocess.run(["cp", "-al", prefix, self.root / "usr-local"], check=True)
        (self.root / "usr").mkdir()
        (self.root / "usr-local").rename(self.root / "usr" / "local")
        shared = list((prefix / "lib").rglob("lib-dynload/*.so"))
        told = subprocess.run(
            ["ldd", prefix / "bin" / "python3", *shared], capture_output=True, text=True, check=True
        ).stdout
        libraries = set(re.findall(r"(/\S+\.so\S*)", told)) | set(
            map(str, Path("/lib/x86_64-linux-gnu").glob("lib*.so.*"))
        )
        for library in libraries - {str(path) for path in shared}:
            if Path(library).is_file() and not library.startswith(str(prefix)):
                place = self.root / library[1:]
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(library, place)
        for folder in ("tmp", "app", "packages", "dev", "etc"):
            (self.root / folder).mkdir()
        (self.root / "tmp").chmod(0o1777)
        subprocess.run(["mknod", "-m", "666", self.root / "dev/null", "c", "1", "3"], check=True)
        (self.root / "etc/hosts").write_text("127.0.0.1 localhost\n")

    def _copy(self, source: str, target: str) -> None:
        place = self.root / "app" / target
        if (ROOT / source).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "Dockerfile")
            shutil.copytree(ROOT / source, place, ignore=ignored)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, place)

    def _install(self, requirements: Path) -> None:
        subprocess.run(
            [
                Path(sys.executable).with_name("uv"),
                "pip",
                "install",
                "-q",
                "--require-hashes",
                "--no-deps",
                "--target",
                self.root / "packages",
                "-r",
                requirements,
            ],
            check=True,
        )
        (self.root / "packages" / ".lock").unlink(missing_ok=True)  # of uv

    def _run(self, command: list[str], *, user: int) -> str:
        return subprocess.run(
            [sys.executable, "-c", _ENTER, str(self.root), str(user), *command],
            env=self.env,
            capture_output=True,
            text=True,
            check=True,
        ).stdout


_ENTER = """
import os, sys
root, user, *command = sys.argv[1:]
os.chroot(root); os.chdir("/app")
os.setgroups([]); os.setgid(int(user)); os.setuid(int(user))
os.execv(command[0], command)
"""


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with running_system(data=tmp_path_factory.mktemp("system"), port=0) as running:
        yield running


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_image_serves_as_its_user_and_ends_in_time(system, function, tmp_path):
    with tempfile.TemporaryDirectory(prefix="sluice-image-") as folder:
        Path(folder).chmod(0o755)
        image = Image(function, Path(folder))
        assert image.user != 0
        assert image.writable() == []
        port, log = free_port(), tmp_path / "log"
        env = {**system.functions[function].child.env, "HOST": HOST, "PORT": str(port)}
        for ours in ("PYTHONPATH", "PYTHONUNBUFFERED"):
            env.pop(ours)
        process = image.start(env, log)
        try:
            _wait_ready(process, port, log)
            if function == "worker":
                answer = httpx.post(f"http://{HOST}:{port}/", timeout=60)
            else:
                answer = httpx.get(f"http://{HOST}:{port}/openapi.json")
            assert answer.status_code == 200, answer.text

            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            process.wait(10)
            assert time.monotonic() - began < 10
        finally:
            process.kill()
            process.wait()


def _wait_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"http://{HOST}:{port}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"It does not serve:\n{log.read_text()}")
