"""What a bucket server that was killed leaves: objects without what is known of them.

The server writes an object's bytes first and what it knows of it (generation, type, sums) after
that. One whose bytes alone are there cannot be read or deleted, and every listing fails for it.
Nobody was told that it is there. It is put aside and not deleted: a folder that was copied without
its extended attributes looks the same.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

_BESIDE = ".metadata"
"""Ends the name of the file that has it where a file system has no extended attributes."""
_ATTRIBUTE = "user.metadata"


def put_half_written_aside(folder: Path, aside: Path) -> None:
    """Move them before a server starts on the folder, which may not be there yet."""
    for path in list(folder.rglob("*")):
        if path.is_file() and path.suffix != _BESIDE and not _is_whole(path):
            place = aside / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)


def _is_whole(path: Path) -> bool:
    if path.with_name(path.name + _BESIDE).exists() or not hasattr(os, "getxattr"):
        return True
    try:
        return os.getxattr(path, _ATTRIBUTE) != b""
    except OSError as error:
        return error.errno != errno.ENODATA
