"""A workbook whose parse is stopped again and again: the same bytes, and no row read twice."""

from __future__ import annotations

import io

import numpy as np
import pytest
import xlsxwriter

from functions.worker.job import Yielded
from functions.worker.parse.xlsx import workbook
from tests.unit.parse.test_resume import checkpoints, outcome

ROWS = 2_000


@pytest.fixture(scope="module")
def content() -> bytes:
    """Texts of all lengths, hidden rows, blank ones, formulas without a value, a late text."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["序号", "text", "late", "sum"])
    for n in range(1, ROWS + 1):
        if n % 60 > 50:
            sheet.set_row(n, options={"hidden": True})
            continue
        late = n / 8 if n < ROWS - 20 else f"v{n}"
        sheet.write_row(n, 0, [n, f"文本 {n % 97} " * (n % 31), late])
        sheet.write_formula(n, 3, "=A1", None, "" if n % 20 == 3 else n)
        if n % 10 == 7:
            sheet.set_row(n, options={"hidden": True})
    book.close()
    return file.getvalue()


@pytest.fixture(params=[(1 << 30, 1 << 30), (30, 1 << 30), (1 << 30, 20_000)])
def read(request, monkeypatch) -> list[int]:
    """Make blocks, slices and batches small, and collect how many rows each block had."""
    most_rows, most_text = request.param
    inside = "functions.worker.parse.xlsx"
    for name, value in {
        f"{inside}.workbook.BLOCK_BYTES": 10_000,
        f"{inside}.workbook._FEW_BYTES": 10_000,
        f"{inside}.workbook._SLICE_BYTES": 40_000,
        f"{inside}.workbook._SMALL": 0,
        f"{inside}.blocks.MOST_ROWS": most_rows,
        f"{inside}.blocks.MOST_TEXT": most_text,
        f"{inside}.reading.MOST_ROWS": most_rows,
        f"{inside}.reading.MOST_TEXT": most_text,
        "functions.worker.parse.reading.BATCH_ROWS": 1,
    }.items():
        monkeypatch.setattr(name, value)
    counts: list[int] = []
    read_blocks = workbook.read_blocks

    def counting(*arguments):
        found = read_blocks(*arguments)
        counts.extend(
            len(np.unique(np.concatenate([piece.row for piece in block.pieces])))
            for block in found
            if block.pieces
        )
        return found

    monkeypatch.setattr(workbook, "read_blocks", counting)
    return counts


def test_stopped_at_every_checkpoint_it_ends_the_same_and_reads_nothing_twice(
    driver, content, read
):
    payload = driver.upload(content)
    whole = outcome(driver, driver.run(payload))
    driver.messages.clear()
    once = sum(read)
    read.clear()

    state, result, stops = None, None, 0
    while result is None and stops < 300:
        seen = len(checkpoints(driver))
        try:
            result = driver.run(payload, state, lambda seen=seen: len(checkpoints(driver)) > seen)
        except Yielded:
            state = checkpoints(driver)[-1].state
            stops += 1

    assert stops > 3
    assert outcome(driver, result) == whole
    assert sum(read) == once >= ROWS * 5 // 6
