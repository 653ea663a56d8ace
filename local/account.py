"""Who runs PostgreSQL when we are root: it refuses to run as root itself."""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from typing import NamedTuple

from local.errors import CannotRun


class Account(NamedTuple):
    """A user and their main group, by number."""

    uid: int
    gid: int


def unprivileged_owner(folder: Path) -> Account | None:
    """Return who shall own and serve `folder`; None when we are not root, so it is ourselves.

    A folder that is in use keeps its owner; a new one goes to `postgres`, else to `nobody`.
    """
    if os.geteuid() != 0:
        return None
    owner = folder.stat()
    if owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotRun("PostgreSQL does not run as root, and there is no user `nobody` to run it as.")
