"""Which function answers which request: the one place that says it for this machine."""

from __future__ import annotations

import re
from typing import Literal

Function = Literal["upload", "status"]

_STARTS_WORK = re.compile(
    r"/api/v1/(?:uploads|[^/]+/tasks|[^/]+/tasks/[^/]+/(?:actions|undo|redo|parse))"
)
_FOLLOWS_WORK = re.compile(r"/api/v1/.*|/openapi\.json|/health/[^/]+|/metrics")


def function_for(method: str, path: str) -> Function | None:
    """Return the function behind a request; None when nothing is published there.

    The worker is never published: only the tick reaches it.
    """
    if method == "POST" and _STARTS_WORK.fullmatch(path):
        return "upload"
    return "status" if _FOLLOWS_WORK.fullmatch(path) else None
