"""First pass: the sheet's rows, counted by kind and staged as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from functions.worker.job import Job
from functions.worker.parse.batches import BATCH_ROWS, batches
from functions.worker.parse.cells import Row
from functions.worker.parse.checkpoint import Checkpoint
from functions.worker.parse.detect import detect
from functions.worker.parse.parts import Parts
from functions.worker.parse.plan import Plan, make_plan
from functions.worker.parse.staging import stage
from functions.worker.parse.tallying import tally
from functions.worker.parse.workbook import open_workbook
from shared.errors import Unrecoverable

_PROGRESS_ROWS = 250


def read_sheet(
    path: Path, job: Job, parts: Parts, state: Checkpoint
) -> tuple[Checkpoint, pa.Table | None]:
    """Read on from the checkpoint to the sheet's end.

    The table is the whole sheet when it fits into one batch: then nothing was staged.
    """
    kind = detect(path)
    with open_workbook(path, kind) as workbook:
        plan = state.plan or make_plan(workbook, kind)
        if state.plan is None:
            state = state.model_copy(update={"plan": plan, "next_position": plan.data_start})
        rows = workbook.rows(plan.source.sheet, start=state.next_position)
        for batch in batches(_reporting(rows, job, plan, state)):
            table = stage(batch.columns, batch.rows)
            tallies = {column: tally(strands) for column, strands in batch.columns.items()}
            state = state.with_batch(tallies, rows=batch.rows, next_position=batch.next_position)
            if not state.staged and batch.rows < BATCH_ROWS:
                return state.model_copy(update={"all_read": True}), table
            state = state.with_staged(parts.write(f"staged-{len(state.staged):05}", table))
            job.checkpoint(state, done=state.done)
    _refuse_no_rows(state.rows, plan)
    state = state.model_copy(update={"all_read": True})
    job.checkpoint(state, done=state.done)
    return state, None


def _reporting(rows: Iterator[Row], job: Job, plan: Plan, state: Checkpoint) -> Iterator[Row]:
    done = state.rows
    for row in rows:
        if done % _PROGRESS_ROWS == 0:
            job.progress("reading", done, max(plan.expected_rows, done))
        done += 1
        yield row


def _refuse_no_rows(rows: int, plan: Plan) -> None:
    if rows:
        return
    if plan.source.header_rows:
        raise Unrecoverable(
            f"The sheet {plan.source.sheet!r} has a header in row {plan.source.header_rows[-1]} "
            "but no data rows below it. Add the data and upload the file again."
        )
    raise Unrecoverable("The file has no rows with a value. Upload one that holds data.")
