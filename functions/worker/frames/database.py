"""DuckDB as a calculator: in memory, shut off from files, network, extensions and settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from shared.errors import Unprocessable

_MEMORY = "1GiB"
_CONFIG: dict[str, Any] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "threads": 1,
    "memory_limit": _MEMORY,
    "temp_directory": "",
    "lock_configuration": True,
}


@contextmanager
def calculator() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open one for the length of the block; raises Unprocessable when its memory is used up."""
    connection = duckdb.connect(":memory:", config=_CONFIG)
    try:
        yield connection
    except duckdb.OutOfMemoryException as error:
        raise Unprocessable(
            f"This needs more than {_MEMORY} of memory at once: try it with less."
        ) from error
    finally:
        connection.close()
