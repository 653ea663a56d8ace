# ruff: noqa: DTZ001
"""The workbook of an edited version, read back by others."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from functions.worker.frames.frame import Frame
from functions.worker.frames.workbook import write_workbook
from tests.unit.actions.tables import Odd, table

FRAME = table(
    {"n": "integer", "gone": "decimal"},
    **{"姓名 <&> \"Name\"": ["张三", None, " <b>&amp; ", "=1+1", "a\nb\tc\r"]},
    n=[1, None, Odd("#N/A"), Odd("ca. 3"), 2**53 + 1],
    x=[1.5, -0.1, 1e20, 1e-7, None],
    ok=[True, False, None, True, False],
    day=[date(2024, 5, 6), date(1900, 3, 1), None, date(1850, 1, 2), date(1900, 2, 28)],
    at=[datetime(2024, 5, 6, 7, 8, 9), None, datetime(1999, 12, 31, 23, 59, 59), None, None],
    t=[time(7, 8, 9), None, time(23, 59, 59), time(0), None],
    d=[timedelta(hours=30, minutes=15), None, timedelta(seconds=1), timedelta(0), None],
    gone=[None] * 5,
)  # fmt: skip


@pytest.fixture
def written(tmp_path: Path):
    def write(frame: Frame) -> bytes:
        write_workbook(frame, tmp_path / "x.xlsx")
        return (tmp_path / "x.xlsx").read_bytes()

    return write


def test_openpyxl_reads_what_was_there(written):
    sheet = openpyxl.load_workbook(io.BytesIO(written(FRAME))).active
    columns = {column[0].value: [cell.value for cell in column[1:]] for column in sheet.columns}

    assert columns == {
        '姓名 <&> "Name"': ["张三", None, " <b>&amp; ", "=1+1", "a\nb\tc\r"],
        "n": [1, None, "#N/A", "ca. 3", str(2**53 + 1)],
        "x": [1.5, -0.1, 1e20, 1e-7, None],
        "ok": [True, False, None, True, False],
        "day": [datetime(2024, 5, 6), datetime(1900, 3, 1), None, "1850-01-02", "1900-02-28"],
        "at": [datetime(2024, 5, 6, 7, 8, 9), None, datetime(1999, 12, 31, 23, 59, 59), None, None],
        "t": [time(7, 8, 9), None, time(23, 59, 59), time(0), None],
        "d": [timedelta(hours=30, minutes=15), None, timedelta(seconds=1), timedelta(0), None],
        "gone": [None] * 5,
    }
    assert sheet["A5"].data_type == "s"
    assert sheet["B4"].data_type == "e"
    assert sheet.freeze_panes == "A2"


def test_calamine_finds_every_cell_at_its_place(written):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(written(FRAME))).get_sheet_by_index(0)
    first = rows.to_python()[1]

    assert first[:4] == ["张三", 1.0, 1.5, True]
    assert first[4:6] == [date(2024, 5, 6), datetime(2024, 5, 6, 7, 8, 9)]


def test_long_texts_and_control_characters(written):
    long = "长" * 40_000
    frame = table(x=[long, "a\x07b", "_x0041_"])

    sheet = openpyxl.load_workbook(io.BytesIO(written(frame))).active

    assert sheet["A2"].value == "长" * 32_766 + "…"
    assert "\x07" not in sheet["A3"].value
    assert sheet["A4"].value in ("_x0041_", "_x005F_x0041_")  # not every reader undoes it


def test_rows_in_several_pieces_stay_in_order(written):
    count = 600_000
    frame = table(n=list(range(count)))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(written(frame))).get_sheet_by_index(0)

    assert [row[0] for row in rows.to_python()[1:]] == list(range(count))
