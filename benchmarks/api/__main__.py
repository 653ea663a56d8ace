"""Measure the HTTP functions, with callers who sign in: uploads, status polls, a crowd.

python -m benchmarks.api [--quick] [--save] [--only uploads,polls,crowd]
"""

from __future__ import annotations

import argparse

from benchmarks.api import polls, uploads
from benchmarks.api.goals import GOALS
from benchmarks.api.place import signed_in
from benchmarks.report import Report

_PARTS = ("uploads", "polls", "crowd")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer of each")
    parser.add_argument("--save", action="store_true", help="keep the results")
    parser.add_argument("--only", default=",".join(_PARTS), help="only these parts")
    options = parser.parse_args()
    report, parts = Report("api"), options.only.split(",")
    with signed_in() as place:
        if "polls" in parts:
            polls.throughput(report, place, polls=1000 if options.quick else 5000)
        if "crowd" in parts:
            polls.crowd(report, place, seconds=10 if options.quick else 30)
        if "uploads" in parts:
            uploads.measure(report, place, uploads=20 if options.quick else 60)
    report.finish(GOALS, save=options.save)


if __name__ == "__main__":
    main()
