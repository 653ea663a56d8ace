"""The profile and the findings of a sheet, from its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

import pyarrow as pa
from pydantic import BaseModel

from functions.worker.job import Job
from functions.worker.parse.checkpoint import Checkpoint
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
_SHORT = 10_000
"""Rows: with fewer, threads would wait for Python's lock longer than they work without it."""


class Looked(NamedTuple):
    """What was seen."""

    profile: Profile
    findings: Findings


class _Seen(BaseModel):
    """What was seen in some of the columns."""

    profiles: list[ColumnProfile] = []
    findings: list[Finding] = []


def look_at(
    job: Job,
    parts: Parts,
    state: Checkpoint,
    columns: Sequence[Column],
    where: Where,
    *,
    key: Sequence[str] = (),
) -> tuple[Looked, Checkpoint]:
    """Go through the columns some at a time: only those are in memory, and a stop costs no more.

    The columns of `key` should together name each row once.
    """
    rows = sum(part.rows for part in state.parts)
    sheet = _Sheet(parts, state.parts, columns, where, list(key))
    seen: list[_Seen] = []
    for number, (first, some) in enumerate(_groups(columns, max(1, _VALUES // rows))):
        if number < len(state.looked):
            seen.append(_Seen.model_validate_json(job.store.read(state.looked[number])))
            continue
        job.progress("profiling", rows * first // len(columns), rows)
        seen.append(sheet.look_at(some, first))
        if len(some) < len(columns):
            state = state.with_looked(job.key(f"looked-{number:05}.json"))
            job.store.create(state.looked[-1], seen[-1].model_dump_json().encode())
            parts.settle()
            job.checkpoint(state, done=state.done)
    findings = [finding for some in seen for finding in some.findings]
    findings += sheet.look_at_rows()
    total = sum(finding.count for finding in findings)
    profiles = [profile for some in seen for profile in some.profiles]
    return Looked(
        Profile(total_rows=rows, columns=profiles), Findings(count=total, findings=findings)
    ), state


@dataclass(frozen=True)
class _Sheet:
    parts: Parts
    stored: Sequence[Part]
    columns: Sequence[Column]
    where: Where
    key: list[str]

    @cached_property
    def _odd(self) -> Mapping[int, OddCells]:
        """The odd cells, by the column's position."""
        if not any(column.odd for column in self.columns):
            return {}
        return odd_cells(self.parts.read(part, [ODD]) for part in self.stored)

    def look_at(self, columns: Sequence[Column], first: int) -> _Seen:
        """Look at columns of which the first has this position."""
        values, odd = self._table(columns).columns, self._odd
        looks = (
            partial(self._look_at_few, few, values[start : start + len(few)], first + start, odd)
            for start, few in _groups(columns, max(1, _TOGETHER // len(values[0])))
        )
        seen = [look() for look in looks] if len(values[0]) < _SHORT else list(in_order(looks))
        return _Seen(
            profiles=[profile for few in seen for profile in few.profiles],
            findings=[finding for few in seen for finding in few.findings],
        )

    def look_at_rows(self) -> list[Finding]:
        """Look at the columns of the key together."""
        if len(self.key) <= 1:
            return []
        named = [index for index, column in enumerate(self.columns) if column.name in self.key]
        columns = [self.columns[index] for index in named]
        return find_in_rows(columns, named, _whole(self._table(columns)), self.where)

    def _look_at_few(
        self,
        columns: Sequence[Column],
        values: Sequence[pa.ChunkedArray[Any]],
        first: int,
        odd: Mapping[int, OddCells],
    ) -> _Seen:
        """Runs in a thread of its own."""
        seen = _Seen()
        for position, (column, cells) in enumerate(zip(columns, values, strict=True), first):
            is_key = [column.name] == self.key
            seen.profiles.append(profile_column(column, cells))
            seen.findings += find_in_column(
                column, position, cells, odd.get(position), self.where, is_key=is_key
            )
        return seen

    def _table(self, columns: Sequence[Column]) -> pa.Table:
        names = [column.name for column in columns]
        return pa.concat_tables([self.parts.read(part, names) for part in self.stored])


def _whole(table: pa.Table) -> list[Any]:
    return [pa.concat_arrays(column.chunks) for column in table.columns]


def _groups(columns: Sequence[Column], size: int) -> Iterator[tuple[int, Sequence[Column]]]:
    return ((start, columns[start : start + size]) for start in range(0, len(columns), size))
