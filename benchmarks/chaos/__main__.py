"""Break everything under load, and look whether anything was lost, doubled or left behind.

python -m benchmarks.chaos [--minutes 5] [--seed N] [--quick] [--save]

The trouble lasts so many minutes; starting, draining and sweeping come on top. Ends with 1 when
anything is not as it must be.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.chaos.goals import GOALS
from benchmarks.chaos.run import run
from benchmarks.chaos.tell import tell
from benchmarks.report import Report

_MINUTES, _QUICK_MINUTES = 5.0, 1.0


def main() -> int:
    """Run once, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=_MINUTES, help="how long the trouble lasts"
    )
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    parser.add_argument("--quick", action="store_true", help="one minute")
    parser.add_argument("--save", action="store_true", help="keep the results")
    options = parser.parse_args()
    seconds = 60 * (_QUICK_MINUTES if options.quick else options.minutes)
    report = Report("chaos")
    report.say(f"Seed {options.seed}, {seconds:.0f} s of trouble")
    report.figures |= {"seed": options.seed, "seconds": seconds}
    folder = Path(tempfile.mkdtemp(prefix="sluice-chaos-"))
    tell(report, run(folder, options.seed, seconds))
    report.finish(GOALS, save=options.save)
    if not all(goal.reached(report.figures[goal.figure]) for goal in GOALS):
        sys.stderr.write(f"Not as it must be. What all processes have said is in {folder}\n")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
