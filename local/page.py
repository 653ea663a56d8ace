"""The page's files, as the build of `web/` left them."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import FileResponse, Response

from local.paths import ROOT

DIST = ROOT / "web" / "dist"
_HASHED = "assets"
"""The build puts a hash of the content into the names of what lies there."""
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


def page_headers(bucket: str | None) -> dict[str, str]:
    """Return what a browser must keep to; large files go straight to the bucket's address."""
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": " ".join(["'self'", *([bucket] if bucket else [])]),
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
    }


def page_file(path: str, headers: dict[str, str], *, dist: Path = DIST) -> Response | None:
    """Return the file at a path; the page itself for its own addresses, None when it is not built.

    What looks like a file and is none has no answer either.
    """
    file = (dist / path.lstrip("/")).resolve()
    if not file.is_relative_to(dist.resolve()):
        return None
    if file.is_file() and not path.startswith("/."):
        hashed = file.parent.name == _HASHED
        return _answer(file, headers, _FOR_EVER if hashed else _ASK_EACH_TIME)
    index = dist / "index.html"
    if "." in file.name or not index.is_file():
        return None
    return _answer(index, headers, _ASK_EACH_TIME)


def _answer(file: Path, headers: dict[str, str], caching: str) -> Response:
    return FileResponse(file, headers={**headers, "cache-control": caching})
