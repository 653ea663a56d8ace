"""What waits until there is enough of it for a staged part."""

from __future__ import annotations

import pyarrow as pa

from functions.worker.parse.batches import BATCH_ROWS
from functions.worker.parse.checkpoint import Checkpoint
from functions.worker.parse.parts import Parts
from functions.worker.parse.staging import joined

_PART_BYTES = 64 << 20
"""Of a staged part, even if it has fewer than BATCH_ROWS rows."""


class Filling:
    """Tables that are to become one staged part."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._tables: list[pa.Table] = []
        self._bytes = 0

    def __bool__(self) -> bool:
        return bool(self._tables)

    @property
    def is_whole(self) -> bool:
        """Say whether nothing more goes into the part."""
        rows = sum(table.num_rows for table in self._tables)
        return rows >= BATCH_ROWS or self._bytes >= _PART_BYTES

    def add(self, table: pa.Table, size: int) -> None:
        """Add the rows of a batch, if it has any; `size` is in bytes."""
        if table.num_rows:
            self._tables.append(table)
            self._bytes += size

    def take_up(self, state: Checkpoint) -> Checkpoint:
        """Go on with the part that a stop left open, if there is one."""
        if not state.open_bytes:
            return state
        self.add(self._parts.read(state.staged[-1]), state.open_bytes)
        return state.model_copy(update={"staged": state.staged[:-1], "open_bytes": 0})

    def table(self) -> pa.Table:
        """Return all that there is."""
        return joined(self._tables)

    def staged(self, state: Checkpoint, *, still_open: bool = False) -> Checkpoint:
        """Stage what there is and begin anew; one `still_open` is to be taken up again."""
        part = self._parts.stage(f"staged-{len(state.staged):05}", self.table())
        state = state.model_copy(
            update={
                "staged": [*state.staged, part],
                "open_bytes": self._bytes if still_open else 0,
            }
        )
        self._tables, self._bytes = [], 0
        return state
