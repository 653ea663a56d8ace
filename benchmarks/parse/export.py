"""How long all rows take: as a stream, and as files beside what openpyxl needs to write one."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import openpyxl

from benchmarks.parse.served import served
from benchmarks.report import Report

_FORMATS = ("xlsx", "csv", "json", "parquet")


def measure(report: Report, workbook: Path, *, runs: int = 9) -> None:
    """Fill in `full_a_p50_ms` and `xlsx_export_a_vs_openpyxl`.

    Ours is from the request to the last byte, with reading the clean data; openpyxl's is writing
    alone, of rows that it has in memory.
    """
    with served() as system:
        url = system.upload(workbook)
        full = system.times(runs, f"{url}/data", lambda _: {})
        files = {
            name: system.times(
                max(runs // 3, 1), f"{url}/export", lambda _, name=name: {"format": name}
            )
            for name in _FORMATS
        }
    theirs = [_openpyxl(workbook) for _ in range(max(runs // 5, 1))]
    report.figures |= {
        "full_a_p50_ms": median(full),
        "xlsx_export_a_vs_openpyxl": median(theirs) / median(files["xlsx"]),
    }
    report.table(
        f"All rows of {workbook.name}",
        ["as", "p50 ms", "max ms"],
        [
            _row("NDJSON", full),
            *(_row(name, times) for name, times in files.items()),
            _row("xlsx by openpyxl, write-only", theirs),
        ],
    )


def _openpyxl(workbook: Path) -> float:
    """Return how many ms openpyxl takes to write these rows in its quickest way."""
    rows: Sequence[tuple[object, ...]] = list(
        openpyxl.load_workbook(workbook, read_only=True).worksheets[0].values
    )
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
        book.save(Path(folder) / "a.xlsx")
        return (time.perf_counter() - began) * 1000


def _row(name: str, times: Sequence[float]) -> list[str]:
    return [name, f"{median(times):.0f}", f"{max(times):.0f}"]
