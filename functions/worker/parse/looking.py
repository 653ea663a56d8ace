"""The profile and the findings of a sheet, from its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import pyarrow as pa

from functions.worker.job import Job
from functions.worker.parse.findings.find import find_in_column, find_in_rows
from functions.worker.parse.findings.odd import OddCells, odd_cells
from functions.worker.parse.findings.where import Where
from functions.worker.parse.parallel import in_order
from functions.worker.parse.parts import Parts
from functions.worker.parse.profiling import profile_column
from shared.clean.column import ODD, Column
from shared.clean.findings import Finding, Findings
from shared.clean.manifest import Part
from shared.clean.profile import ColumnProfile, Profile

_VALUES = 4_000_000
"""So many are in memory at once."""
_TOGETHER = 100_000
"""Values that are looked at by a thread before it is asked for the next."""


class Looked(NamedTuple):
    """What was seen."""

    profile: Profile
    findings: Findings


def look_at(
    job: Job,
    parts: Parts,
    columns: Sequence[Column],
    stored: Sequence[Part],
    where: Where,
    *,
    key: Sequence[str] = (),
) -> Looked:
    """Go through the columns some at a time, so that only those are in memory.

    The columns of `key` should together name each row once.
    """
    rows = sum(part.rows for part in stored)
    profiles: list[ColumnProfile] = []
    findings: list[Finding] = []
    has_odd = any(column.odd for column in columns)
    odd = odd_cells(parts.read(part, [ODD]) for part in stored) if has_odd else {}
    look = partial(_look_at, odd=odd, where=where, key=list(key))
    for first, some in _groups(columns, max(1, _VALUES // rows)):
        job.progress("profiling", rows * first // len(columns), rows)
        values = _table(parts, stored, some).columns
        looks = (
            partial(look, few, values[start : start + len(few)], first + start)
            for start, few in _groups(some, max(1, _TOGETHER // rows))
        )
        for of_profile, of_findings in in_order(looks):
            profiles += of_profile
            findings += of_findings
    if len(key) > 1:
        named = [index for index, column in enumerate(columns) if column.name in key]
        values = _whole(_table(parts, stored, [columns[index] for index in named]))
        findings += find_in_rows([columns[index] for index in named], named, values, where)
    total = sum(finding.count for finding in findings)
    return Looked(
        Profile(total_rows=rows, columns=profiles), Findings(count=total, findings=findings)
    )


def _look_at(
    columns: Sequence[Column],
    values: Sequence[pa.ChunkedArray[Any]],
    first: int,
    *,
    odd: Mapping[int, OddCells],
    where: Where,
    key: list[str],
) -> tuple[list[ColumnProfile], list[Finding]]:
    """Look at columns of which the first has this position; runs in a thread of its own."""
    profiles, findings = [], []
    for position, (column, cells) in enumerate(zip(columns, values, strict=True), first):
        is_key = [column.name] == key
        profiles.append(profile_column(column, cells))
        findings += find_in_column(column, position, cells, odd.get(position), where, is_key=is_key)
    return profiles, findings


def _whole(table: pa.Table) -> list[Any]:
    return [pa.concat_arrays(column.chunks) for column in table.columns]


def _table(parts: Parts, stored: Sequence[Part], columns: Sequence[Column]) -> pa.Table:
    names = [column.name for column in columns]
    return pa.concat_tables([parts.read(part, names) for part in stored])


def _groups(columns: Sequence[Column], size: int) -> Iterator[tuple[int, Sequence[Column]]]:
    return ((start, columns[start : start + size]) for start in range(0, len(columns), size))
