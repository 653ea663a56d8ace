"""Whether a worker is after 200,000 jobs as it was at the start, under an old snapshot.

python -m benchmarks.soak [--quick] [--save]

Takes some minutes; begins nothing more after a quarter of an hour.
"""

from __future__ import annotations

import argparse

from benchmarks.report import Report
from benchmarks.soak.goals import GOALS
from benchmarks.soak.run import measure

_JOBS, _QUICK_JOBS = 200_000, 10_000


def main() -> None:
    """Run once, and say what became of memory, claims and tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK_JOBS:,} jobs")
    parser.add_argument("--save", action="store_true", help="keep the results")
    options = parser.parse_args()
    report = Report("soak")
    measure(report, jobs=_QUICK_JOBS if options.quick else _JOBS)
    report.finish(GOALS, save=options.save)


if __name__ == "__main__":
    main()
