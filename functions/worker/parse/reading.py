"""First pass: the sheet's rows, counted by kind and staged as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from functions.worker.job import Job, Yielded
from functions.worker.parse.batches import Batch, ReadSlice, Until, slices_of_rows
from functions.worker.parse.cells import Row
from functions.worker.parse.checkpoint import Break, Checkpoint, breaks_in
from functions.worker.parse.detect import detect
from functions.worker.parse.filling import Filling
from functions.worker.parse.kinds import Kind
from functions.worker.parse.notes import Notes
from functions.worker.parse.parallel import in_order
from functions.worker.parse.parts import Parts
from functions.worker.parse.plan import Plan, make_plan
from functions.worker.parse.spread import spread_rows
from functions.worker.parse.staging import stage
from functions.worker.parse.tallying import tally
from functions.worker.parse.unpack import unpack
from functions.worker.parse.workbook import Sliced, Workbook, open_workbook
from shared.clean.options import NO_OPTIONS, ParseOptions
from shared.errors import Unrecoverable

_PROGRESS_ROWS = 250


class _Staged(NamedTuple):
    """Some rows as they are, and what is in them."""

    table: pa.Table
    size: int
    """Bytes of it: counted once, for there may be thousands of columns."""
    tallies: dict[int, Counter[Kind]]
    next_position: int
    seen_to: int
    breaks: list[Break]
    notes: Notes


def read_sheet(
    path: Path, job: Job, parts: Parts, state: Checkpoint, options: ParseOptions = NO_OPTIONS
) -> tuple[Checkpoint, pa.Table | None]:
    """Read on from the checkpoint to the sheet's end.

    The table is the whole sheet when it is small: then nothing was staged.
    """
    path = unpack(path)
    kind = detect(path)
    with open_workbook(path, kind, options) as workbook:
        plan = state.plan or make_plan(workbook, kind, options)
        if state.plan is None:
            state = state.model_copy(update={"plan": plan, "next_position": plan.data_start})
        filling, stop = Filling(parts), _Stop(job)
        slices = _slices(workbook, plan, job, state, stop, spread_merged=options.spread_merged)
        state = filling.take_up(state)
        for one in _read(slices, job, plan, state.rows):
            state = _with(state, one)
            filling.add(one.table, one.size)
            if filling.is_whole:
                state = filling.staged(state)
                job.keep(state, done=state.done)
        if stop.noticed:
            _keep_open(job, state, filling)
            raise Yielded
    if filling and not state.staged:
        return state.model_copy(update={"all_read": True}), filling.table()
    if filling:
        state = filling.staged(state)
    _refuse_no_rows(state, plan)
    state = state.model_copy(update={"all_read": True})
    job.checkpoint(state, done=state.done)
    return state, None


def _with(state: Checkpoint, one: _Staged) -> Checkpoint:
    rows = one.table.num_rows
    state = state.with_batch(one.tallies, rows=rows, next_position=one.next_position)
    state = state.model_copy(update={"seen_to": max(state.seen_to, one.seen_to)})
    return state.with_breaks(one.breaks, rows).with_notes(one.notes)


def _keep_open(job: Job, state: Checkpoint, filling: Filling) -> None:
    if filling:
        state = filling.staged(state, still_open=True)
    job.keep(state, done=state.done)


def _read(slices: Iterator[ReadSlice], job: Job, plan: Plan, done: int) -> Iterator[_Staged]:
    job.progress("reading", done, max(plan.expected_rows, done))
    for found in in_order(partial(_stage, read) for read in slices):
        for one in found:
            yield one
            done += one.table.num_rows
        job.progress("reading", done, max(plan.expected_rows, done))


class _Stop:
    """Asks whether the job is to stop; what has been begun is still read to its end, and kept."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.noticed = False

    def __call__(self) -> bool:
        self.noticed = self.noticed or self._job.stopping()
        return self.noticed


def _slices(
    workbook: Workbook,
    plan: Plan,
    job: Job,
    state: Checkpoint,
    until: Until,
    *,
    spread_merged: bool,
) -> Iterator[ReadSlice]:
    sheet, start = plan.source.sheet, max(state.next_position, state.seen_to)
    if isinstance(workbook, Sliced) and not spread_merged:
        return workbook.slices(sheet, start=start, until=until)
    if spread_merged:
        rows = spread_rows(workbook, sheet, first=plan.data_start, start=start)
    else:
        rows = workbook.rows(sheet, start=start)
    return slices_of_rows(_reporting(rows, job, plan, state), until=until)


def _stage(read: ReadSlice) -> list[_Staged]:
    """Runs in a thread of its own."""
    return [_staged(batch) for batch in read()]


def _staged(batch: Batch) -> _Staged:
    table = stage(batch.columns, batch.rows)
    return _Staged(
        table,
        table.nbytes,
        tally(batch.columns),
        batch.next_position,
        batch.seen_to,
        breaks_in(batch.positions),
        batch.notes,
    )


def _reporting(rows: Iterator[Row], job: Job, plan: Plan, state: Checkpoint) -> Iterator[Row]:
    done = state.rows
    for row in rows:
        if done % _PROGRESS_ROWS == 0:
            job.progress("reading", done, max(plan.expected_rows, done))
        done += 1
        yield row


def _refuse_no_rows(state: Checkpoint, plan: Plan) -> None:
    if state.rows:
        return
    if formulas := sum(state.notes.uncached.values()):
        raise Unrecoverable(
            f"The sheet {plan.source.sheet!r} has {formulas:,} formulas and none of their values: "
            "the program that wrote the file did not compute them. Open it in Excel, save it and "
            "upload that file."
        )
    if plan.source.header_rows:
        raise Unrecoverable(
            f"The sheet {plan.source.sheet!r} has a header in row {plan.source.header_rows[-1]} "
            "but no data rows below it. Add the data and upload the file again."
        )
    raise Unrecoverable("The file has no rows with a value. Upload one that holds data.")
