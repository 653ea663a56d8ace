"""Second pass and after: typed parts, then what is read most often, precomputed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pyarrow as pa

from functions.worker.job import Job
from functions.worker.parse.cast import Target, cast
from functions.worker.parse.checkpoint import Checkpoint
from functions.worker.parse.parallel import in_order
from functions.worker.parse.parts import Parts
from functions.worker.parse.profiling import profile_column
from shared.clean.column import Column
from shared.clean.manifest import Part
from shared.clean.profile import ColumnProfile, Profile
from shared.clean.schema import schema_of

_PROFILED_VALUES = 4_000_000
"""So many values are in memory at once."""


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
        return state.with_part(parts.write("part-00000", table, keep=True))

    def typed(number: int) -> Part:
        table = cast(parts.read(state.staged[number]), targets, schema)
        return parts.write(f"part-{number:05}", table)

    waiting = range(len(state.parts), len(state.staged))
    for part in in_order(partial(typed, number) for number in waiting):
        state = state.with_part(part)
        job.checkpoint(state, done=state.done)
        job.progress("typing", sum(part.rows for part in state.parts), state.rows)
    return state


def profile_parts(job: Job, parts: Parts, columns: list[Column], stored: list[Part]) -> Profile:
    """Compute the profile some columns at a time, so that only those are in memory."""
    rows = sum(part.rows for part in stored)
    profiles: list[ColumnProfile] = []
    for some in _groups(columns, max(1, _PROFILED_VALUES // rows)):
        job.progress("profiling", rows * len(profiles) // len(columns), rows)
        names = [column.name for column in some]
        whole = pa.concat_tables([parts.read(part, names) for part in stored])
        profiles += in_order(
            partial(profile_column, column, whole.column(index))
            for index, column in enumerate(some)
        )
    return Profile(total_rows=rows, columns=profiles)


def _groups(columns: Sequence[Column], size: int) -> Iterator[Sequence[Column]]:
    return (columns[start : start + size] for start in range(0, len(columns), size))
