"""Words for booleans, in lower case: the more of them, the surer it is that booleans are meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TYPED: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("true", "是", "真"), True),
    **dict.fromkeys(("false", "否", "假"), False),
}
"""Of cells that nobody has called booleans. Yes and no are words of many lists, and no is also
Norway."""
WRITTEN: Final[Mapping[str, bool]] = {"true": True, "1": True, "false": False, "0": False}
"""Of what a program asks for."""
MEANT: Final[Mapping[str, bool]] = {
    **TYPED,
    **WRITTEN,
    **dict.fromkeys(("yes", "y"), True),
    **dict.fromkeys(("no", "n"), False),
}
"""Of cells that somebody wants to be booleans."""
