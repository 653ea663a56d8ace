"""Second pass and after: typed parts, then what is read most often, precomputed."""

from __future__ import annotations

import pyarrow as pa

from functions.worker.job import Job
from functions.worker.parse.cast import Target, cast
from functions.worker.parse.checkpoint import Checkpoint
from functions.worker.parse.parts import Parts
from functions.worker.parse.profiling import profile_column
from shared.clean.column import Column
from shared.clean.manifest import Part
from shared.clean.profile import Profile
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
        return state.with_part(parts.write("part-00000", cast(whole, targets, schema)))
    for number in range(len(state.parts), len(state.staged)):
        job.progress("typing", sum(part.rows for part in state.parts), state.rows)
        table = cast(parts.read(state.staged[number]), targets, schema)
        state = state.with_part(parts.write(f"part-{number:05}", table))
        job.checkpoint(state, done=state.done)
    return state


def profile_parts(job: Job, parts: Parts, columns: list[Column], stored: list[Part]) -> Profile:
    """Compute the profile column by column, so that one column at a time is in memory."""
    rows = sum(part.rows for part in stored)
    profiles = []
    for number, column in enumerate(columns):
        job.progress("profiling", rows * number // len(columns), rows)
        pieces = [parts.read(part, [column.name]).column(0) for part in stored]
        values = pa.chunked_array([chunk for piece in pieces for chunk in piece.chunks])
        profiles.append(profile_column(column, values))
    return Profile(total_rows=rows, columns=profiles)
