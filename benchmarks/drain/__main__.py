"""Measure the drain: how soon it starts, what a child costs, how well it keeps its time.

python -m benchmarks.drain [--quick] [--save] [--only start,sandbox,budget,rows]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from benchmarks.drain import budget, rows, sandbox, start_latency
from benchmarks.drain.goals import GOALS
from benchmarks.report import Report

_PARTS = ("start", "sandbox", "budget", "rows")


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    report = Report("drain")
    parts = _parts(report, quick=options.quick)
    for part in options.only.split(","):
        parts[part]()
    report.finish(GOALS, save=options.save)


def _parts(report: Report, *, quick: bool) -> dict[str, Callable[[], None]]:
    return {
        "start": lambda: start_latency.measure(report, uploads=40 if quick else 200),
        "sandbox": lambda: sandbox.measure(report, runs=50 if quick else 200),
        "budget": lambda: budget.measure(
            report, drains=8 if quick else 50, full_drains=1 if quick else 3
        ),
        "rows": lambda: rows.measure(report, rows=100_000 if quick else 400_000),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drain", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer of each")
    parser.add_argument("--save", action="store_true", help="keep the results")
    parser.add_argument("--only", default=",".join(_PARTS), help="only these parts")
    return parser.parse_args()


if __name__ == "__main__":
    main()
