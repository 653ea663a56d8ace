"""A workbook whose parse is stopped again and again: the same bytes, and no row read twice."""

from __future__ import annotations

import io

import numpy as np
import pytest
import xlsxwriter

from functions.worker.job import Yielded
from functions.worker.parse.xlsx import workbook
from shared.clean.manifest import read_manifest
from tests.hostile.bombs import workbook as workbook_of
from tests.unit.parse.test_resume import checkpoints, outcome
from tests.unit.parse.test_xlsx_oddities import sheet

ROWS = 2_000
ROW = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}"><v>7</v></c></row>'


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
        "functions.worker.parse.filling.BATCH_ROWS": 1,
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


def stopped_at_every_checkpoint(driver, payload):
    """Return the result, and how often it was stopped."""
    return stopped(driver, payload, lambda seen: len(checkpoints(driver)) > seen)


def stopped(driver, payload, is_to_stop):
    """Ask with the number of checkpoints there were before; return the result and the stops."""
    driver.messages.clear()
    state, result, stops = None, None, 0
    while result is None and stops < 300:
        seen = len(checkpoints(driver))
        try:
            result = driver.run(payload, state, lambda seen=seen: is_to_stop(seen))
        except Yielded:
            state = checkpoints(driver)[-1].state
            stops += 1

    return result, stops


def test_stopped_at_every_checkpoint_it_ends_the_same_and_reads_nothing_twice(
    driver, content, read
):
    payload = driver.upload(content)
    whole = outcome(driver, driver.run(payload))
    once = sum(read)
    read.clear()

    result, stops = stopped_at_every_checkpoint(driver, payload)

    assert stops > 3
    assert outcome(driver, result) == whole
    assert sum(read) == once >= ROWS * 5 // 6


@pytest.mark.parametrize(("part_rows", "part_bytes"), [(500, 1 << 30), (10_000, 60_000)])
def test_always_stopped_at_once_it_gets_there_and_fills_the_same_parts(
    driver, content, read, monkeypatch, part_rows, part_bytes
):
    monkeypatch.setattr("functions.worker.parse.filling.BATCH_ROWS", part_rows)
    monkeypatch.setattr("functions.worker.parse.filling._PART_BYTES", part_bytes)
    payload = driver.upload(content)
    result = driver.run(payload)
    whole = outcome(driver, result)
    parts = len(read_manifest(driver.store, result.clean_data_key).parts)
    once = sum(read)
    read.clear()

    result, stops = stopped(driver, payload, lambda _: True)

    assert stops > 2 * parts > 2  # several slices fill a part, and each was stopped after
    assert outcome(driver, result) == whole
    assert sum(read) == once


def test_rows_read_one_by_one_fill_the_same_parts(driver, content, read, monkeypatch):
    monkeypatch.setattr("functions.worker.parse.batches.BATCH_ROWS", 200)
    monkeypatch.setattr("functions.worker.parse.batches._BATCH_CELLS", 500)
    monkeypatch.setattr("functions.worker.parse.filling.BATCH_ROWS", 500)
    payload = driver.upload(content, spread_merged=True)
    once = outcome(driver, driver.run(payload))

    result, stops = stopped(driver, payload, lambda _: True)

    assert stops > 3
    assert outcome(driver, result) == once


def test_rows_without_a_value_are_noted_once_wherever_it_is_stopped(driver, read):
    blank = '<row r="{0}" hidden="1"><c r="A{0}" s="0"/><c r="B{0}"><f>A1</f></c></row>'
    rows = [(blank if 400 < n < 1400 else ROW).format(n) for n in range(1, 1500)]
    payload = driver.upload(packed(sheet("".join(rows))))
    once = outcome(driver, driver.run(payload))

    result, stops = stopped(driver, payload, lambda _: True)

    assert stops > 3
    assert (result.source.hidden_rows, result.columns[1].uncached) == (999, 999)
    assert outcome(driver, result) == once


@pytest.mark.parametrize("outlier", ['<row r="5000" hidden="1"/>', ROW.format(5000)])
def test_a_row_out_of_order_hides_no_other_from_who_goes_on(driver, read, outlier):
    rows = [ROW.format(n) for n in range(1, 1500)]
    rows[700:700] = [outlier]
    payload = driver.upload(packed(sheet("".join(rows))))
    whole = driver.run(payload)

    result, stops = stopped_at_every_checkpoint(driver, payload)

    assert stops > 3
    assert result.total_rows == whole.total_rows >= 1498


def test_blank_rows_below_the_data_are_not_among_it(driver):
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(12, 1000))
    rows = "".join(ROW.format(n) for n in range(1, 12))

    result = driver.parse(packed(sheet(rows + blank)))

    assert (result.total_rows, result.source.blank_rows) == (11, 0)


def test_a_stop_after_the_last_slice_keeps_what_was_read(driver, monkeypatch):
    monkeypatch.setattr("functions.worker.parse.text_csv.SMALL_BYTES", 0)
    payload = driver.upload(("a,b\n" + "1,2\n" * 5000).encode(), "data.csv")

    with pytest.raises(Yielded):
        driver.run(payload, None, lambda: True)

    assert driver.run(payload, checkpoints(driver)[-1].state).total_rows == 5000


def packed(xml: str) -> bytes:
    return workbook_of(xml.encode())
