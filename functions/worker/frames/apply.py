"""Find what does an action: `functions/worker/actions/<name>.py` holds the `apply` of `<name>`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import ModuleType
from uuid import UUID

from functions.worker import actions
from functions.worker.frames.frame import MAX_ROWS, Frame
from shared.edits.action import Action
from shared.errors import Unprocessable


def apply(action: Action, frame: Frame, others: Mapping[UUID, Frame]) -> Frame:
    """Return the changed table; `others` holds the records that are joined.

    Raises Unprocessable, with a sentence, for an action that cannot be done to this table.
    """
    work = _modules()[action.action].apply
    changed: Frame
    if action.joins is None:
        action.plan(frame.shape)
        changed = work(action, frame)
    else:
        other = others[action.joins]
        action.plan_joined(frame.shape, other.shape)
        changed = work(action, frame, other)
    if changed.rows > MAX_ROWS:
        raise Unprocessable(
            f"The result would have {changed.rows:,} rows; {MAX_ROWS:,} are the most."
        )
    return changed


@cache
def _modules() -> dict[str, ModuleType]:
    names = (module.name for module in pkgutil.iter_modules(actions.__path__))
    return {name: importlib.import_module(f"{actions.__name__}.{name}") for name in names}


_modules()  # where this is preloaded, no child has to import them
