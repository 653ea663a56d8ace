"""The environment variables that children get: those that they need, and so no secret."""

from __future__ import annotations

import os
from collections.abc import Mapping

from functions.worker.registry import variables

_SYSTEM = {
    *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TZDIR", "TMPDIR"),
    *("VIRTUAL_ENV", "LD_LIBRARY_PATH", "LD_PRELOAD"),
}
_NETWORK = {
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"),
}
_STORAGE = {
    *("STORAGE_EMULATOR_HOST", "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG"),
    *("GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_QUOTA_PROJECT", "GOOGLE_CLOUD_UNIVERSE_DOMAIN"),
    *("GCE_METADATA_HOST", "GCE_METADATA_ROOT", "GCE_METADATA_IP", "NO_GCE_CHECK"),
}
_KEPT = _SYSTEM | _NETWORK | _STORAGE
_KEPT_PREFIXES = (
    *("LC_", "PYTHON", "MALLOC_", "ARROW_", "JE_ARROW_", "POLARS_", "OMP_", "OPENBLAS_", "MKL_"),
    "SLUICE_",  # by which what a local system has started is found again
)
_DEFAULTS = {
    # Less address space: without them the limit would have to be far above what is used.
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    # Arrays of megabytes come and go: what one leaves is kept for the next, unless it is huge.
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(128 << 20),
    # No threads on import: a process with threads must not fork.
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


def for_children() -> dict[str, str]:
    """Return the environment of the fork server."""
    return {**_DEFAULTS, **_kept(os.environ)}


def for_job(queue: str) -> dict[str, str]:
    """Return what children of this queue get besides: the variables that its handler names.

    They go over the pipe. The fork server, whose environment all children can read, has none.
    """
    return {name: os.environ[name] for name in variables(queue) if name in os.environ}


def _kept(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.upper() in _KEPT or name.startswith(_KEPT_PREFIXES)
    }
