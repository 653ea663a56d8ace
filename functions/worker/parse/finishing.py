"""Second pass: typed parts."""

from __future__ import annotations

from functools import partial

import pyarrow as pa

from functions.worker.job import Job
from functions.worker.parse.cast import Target, cast
from functions.worker.parse.checkpoint import Checkpoint
from functions.worker.parse.parallel import in_order
from functions.worker.parse.parts import Parts
from shared.clean.column import Column
from shared.clean.manifest import Part
from shared.clean.schema import schema_of


def type_parts(
    job: Job,
    parts: Parts,
    state: Checkpoint,
    *,
    columns: list[Column],
    targets: list[Target],
    whole: pa.Table | None,
) -> Checkpoint:
    """Cast each staged batch, or the `whole` sheet, into a part of the clean data."""
    schema = schema_of(columns)
    if whole is not None:
        table = cast(whole, targets, schema)
        return state.with_part(parts.write_behind("part-00000", table))

    def typed(number: int) -> Part:
        table = cast(parts.read(state.staged[number]), targets, schema)
        return parts.write(f"part-{number:05}", table)

    waiting = range(len(state.parts), len(state.staged))
    for part in in_order(partial(typed, number) for number in waiting):
        state = state.with_part(part)
        job.checkpoint(state, done=state.done)
        job.progress("typing", sum(part.rows for part in state.parts), state.rows)
    return state
