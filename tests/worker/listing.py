"""What the bucket holds while somebody may be deleting from it."""

from __future__ import annotations

from google.cloud.exceptions import NotFound

from shared.storage import Store

_TIMES = 50


def keys(store: Store, prefix: str) -> set[str]:
    """List it again when an object went meanwhile: then this machine's bucket answers 404."""
    for _ in range(_TIMES):
        try:
            return set(store.keys(prefix))
        except NotFound:
            continue
    return set(store.keys(prefix))
