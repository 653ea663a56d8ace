"""What lies in a zip archive beside its contents."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

_JUNK: Final = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")


def is_junk(name: str) -> bool:
    """Tell whether an entry is a folder, or was left there by a desktop."""
    return name.endswith("/") or any(part in _JUNK for part in PurePosixPath(name.lower()).parts)
