"""Make a new, empty PostgreSQL cluster."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from local.account import Account
from local.child import Child
from local.errors import CannotRun

_BUILTIN_LOCALES_SINCE = 17


def create_cluster(cluster: Path, *, bin_dir: Path, account: Account | None, log: Path) -> None:
    """Run initdb beside `cluster` and rename the result: a cluster is there whole or not at all.

    The superuser's password is the text of the file `password` next to it.
    """
    unfinished = cluster.with_name(f"{cluster.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    initdb = Child(
        name="initdb",
        command=[
            *(bin_dir / "initdb", "--pgdata", unfinished, "--no-sync", "--no-instructions"),
            *("--username=postgres", "--auth=scram-sha-256"),
            f"--pwfile={cluster.with_name('password')}",
            *("--encoding=UTF8", *_locale(bin_dir)),
        ],
        log=log,
        cwd=cluster.parent,
        account=account,
    )
    initdb.start()
    initdb.wait_done(seconds=60)
    unfinished.rename(cluster)


def _locale(bin_dir: Path) -> list[str]:
    """Sort and fold by code point alike on every machine."""
    if _major_version(bin_dir) >= _BUILTIN_LOCALES_SINCE:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _major_version(bin_dir: Path) -> int:
    program = bin_dir / "postgres"
    try:
        text = subprocess.run(
            [program, "--version"], check=True, capture_output=True, text=True
        ).stdout
    except OSError as error:
        raise CannotRun(f"PostgreSQL cannot be run from {bin_dir}: {error.strerror}.") from error
    found = re.search(r"\d+", text)
    if found is None:
        raise CannotRun(f"{program} does not tell its version: {text.strip()}")
    return int(found[0])
