"""The workbooks A, B and C: generated once, the same every time, and kept for the next run."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

_FOLDER = Path(tempfile.gettempdir()) / "sluice-benchmark-workbooks"
_SEED = 20_240_506
_BLANK_SHARE = 0.03
_WORDS = ("control", "treated", "alpha", "beta", "gamma", "男", "女", "北京", "上海", "未知")
_START = datetime(2000, 1, 1)  # noqa: DTZ001 - sheets have no zone


class Shape(NamedTuple):
    """How large a workbook is."""

    rows: int
    columns: int


SHAPES = {"a": Shape(3_339, 151), "b": Shape(100_000, 50), "c": Shape(1_000_000, 10)}
QUICK_SHAPES = {"a": SHAPES["a"], "b": Shape(20_000, 50), "c": Shape(100_000, 10)}

_Make = Callable[[random.Random], object]
_COLUMNS: tuple[tuple[str, _Make, str | None], ...] = (
    ("count", lambda r: r.randrange(100_000), None),
    ("length (mm)", lambda r: r.gauss(50, 20), None),
    ("group", lambda r: r.choice(_WORDS), None),
    ("mass (g)", lambda r: r.gauss(4_000, 800), None),
    ("sample", lambda r: f"S-{r.randrange(100_000)}", None),
    ("day", lambda r: _START + timedelta(days=r.randrange(9_000)), "yyyy-mm-dd"),
    ("visits", lambda r: r.randrange(40), None),
    ("price", lambda r: round(r.gauss(50, 20), 2), "0.00"),
    ("valid", lambda r: r.random() < 0.5, None),  # noqa: PLR2004
    ("moment", lambda r: _START + timedelta(seconds=r.randrange(7 * 10**8)), "yyyy-mm-dd hh:mm"),
)


def workbook(name: str, shape: Shape) -> Path:
    """Return the file, written by XlsxWriter with shared texts as Excel writes them."""
    path = _FOLDER / f"{name}-{shape.rows}x{shape.columns}.xlsx"
    if not path.exists():
        _FOLDER.mkdir(exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        _write(unfinished, shape)
        unfinished.rename(path)
    return path


def _write(path: Path, shape: Shape) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Data")
    used = [_COLUMNS[n % len(_COLUMNS)] for n in range(shape.columns)]
    formats = [book.add_format({"num_format": code}) if code else None for *_, code in used]
    sheet.write_row(0, 0, [f"{name} {n}" for n, (name, *_) in enumerate(used)])
    for row, cells in enumerate(_rows(shape, used), 1):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell, formats[column])
    book.close()


def _rows(shape: Shape, used: list[tuple[str, _Make, str | None]]) -> Iterator[list[object]]:
    chance = random.Random(_SEED)  # noqa: S311 - the same every time
    for _ in range(shape.rows):
        yield [None if chance.random() < _BLANK_SHARE else make(chance) for _, make, _ in used]
