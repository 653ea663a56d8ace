"""`python -m benchmarks.parse [--quick] [--save] [--only reading,…]`."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from benchmarks.machine import machine
from benchmarks.parse import action, export, preview, reading
from benchmarks.parse.goals import GOALS
from benchmarks.parse.workbooks import QUICK_SHAPES, SHAPES, workbook
from benchmarks.report import Report

_PACKAGES = ("pandas", "openpyxl", "python-calamine", "polars", "fastexcel", "pyarrow")


def main() -> None:
    """Measure all, print it, and save the results when asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parse", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller, and once")
    parser.add_argument("--save", action="store_true", help="keep the results")
    parser.add_argument("--only", default=",".join(_PARTS), help="only these parts")
    options = parser.parse_args()
    report = Report("parse", versions={"python": platform.python_version(), **_versions()})
    report.say(machine())
    for name in options.only.split(","):
        _PARTS[name](report, quick=options.quick)
    report.finish(GOALS, save=options.save)


def _action(report: Report, *, quick: bool) -> None:
    action.measure(report, workbook("a", SHAPES["a"]), runs=1 if quick else 5)


def _preview(report: Report, *, quick: bool) -> None:
    shape = (QUICK_SHAPES if quick else SHAPES)["c"]
    preview.measure(report, workbook("c", shape), rows=shape.rows, runs=10 if quick else 50)


def _export(report: Report, *, quick: bool) -> None:
    export.measure(report, workbook("a", SHAPES["a"]), runs=3 if quick else 9)


_PARTS: dict[str, Callable[..., None]] = {
    "reading": reading.measure,
    "action": _action,
    "preview": _preview,
    "export": _export,
}


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    main()
