"""Seconds and peak memory of reading A, B and C: ours from end to end, the others' bare read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.parse.peers import READERS
from benchmarks.parse.workbooks import QUICK_SHAPES, SHAPES, workbook
from benchmarks.report import Report
from functions.worker.children.environment import for_children

_ROOT = Path(__file__).parents[2]
_OURS = "sluice, end to end"
_SLOW = "pandas + openpyxl"
_RUNS = 3
_TOO_LONG = {("c", _SLOW)}
"""Over two minutes, and no figure needs it."""
_ONCE = {("b", _SLOW)}
"""Half a minute, of which the machine's mood is a small part."""


class Took(NamedTuple):
    """What one read took, in a process of its own."""

    seconds: float
    cpu: float
    peak_mb: float


def measure(report: Report, *, quick: bool) -> None:
    """Fill in `…_vs_pandas_openpyxl`, `…_vs_fastexcel` and `…_peak_mb`."""
    for name, shape in (QUICK_SHAPES if quick else SHAPES).items():
        path = workbook(name, shape)
        found = _race(name, path, runs=1 if quick else _RUNS)
        size = path.stat().st_size / 1e6
        report.table(
            f"{name.upper()}: {shape.rows:,} rows x {shape.columns} columns, {size:.1f} MB",
            ["", "s", "CPU s", "peak MB"],
            [
                [reader, f"{took.seconds:.2f}", f"{took.cpu:.2f}", f"{took.peak_mb:.0f}"]
                for reader, took in found.items()
            ],
        )
        report.figures |= _figures(name, found)


def _race(name: str, path: Path, *, runs: int) -> dict[str, Took]:
    """Let them read in turns, so that a busy moment hits them alike."""
    took: dict[str, list[Took]] = {}
    for run in range(runs):
        took.setdefault(_OURS, []).append(_run("benchmarks.parse.ours", str(path)))
        for reader in READERS:
            if (name, reader) not in _TOO_LONG and (run == 0 or (name, reader) not in _ONCE):
                took.setdefault(reader, []).append(
                    _run("benchmarks.parse.peers", reader, str(path))
                )
    return {
        reader: Took(*(median(values) for values in zip(*times, strict=True)))
        for reader, times in took.items()
    }


def _run(module: str, *arguments: str) -> Took:
    ours = module.endswith(".ours")
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", module, *arguments],
        env={**(for_children() if ours else os.environ), "PYTHONPATH": str(_ROOT)},
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return Took(found["seconds"], found["cpu"], found["peak_mb"])


def _figures(name: str, found: dict[str, Took]) -> dict[str, float]:
    ours = found[_OURS]
    figures = {f"{name}_s": ours.seconds, f"{name}_peak_mb": ours.peak_mb}
    for reader in ("pandas + openpyxl", "fastexcel"):
        if reader in found:
            figure = f"{name}_vs_{reader.replace(' + ', '_')}"
            figures[figure] = found[reader].seconds / ours.seconds
    return figures
