"""Keep pyarrow from importing pandas."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


def do_without_pandas() -> None:
    """Let pandas pass for not installed, which it is not in this function's image.

    pyarrow looks for it at the first value that it takes from Python, and imports it where it is
    installed: half a second and 60 MB for nothing.
    """
    if not any(isinstance(finder, _NoPandas) for finder in sys.meta_path):
        sys.meta_path.insert(0, _NoPandas())


class _NoPandas(MetaPathFinder):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the protocol's
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError("This function does without pandas.", name=fullname)
        return None
