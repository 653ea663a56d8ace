"""`python -m benchmarks.queue [--quick] [--save] [--peers sluice,pgqueuer] [--only race,…]`."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks.machine import machine
from benchmarks.queue import bare, chart, depth, drains, held_snapshot
from benchmarks.queue.goals import GOALS
from benchmarks.queue.race import Race, Standing
from benchmarks.queue.server import Server, server
from benchmarks.report import Report

_JOBS = 20_000
_QUICK_JOBS = 10_000
_PARTS = ("race", "bare", "depth", "snapshot", "drains")


def main() -> None:
    """Measure all, print it, and save results and chart when asked to."""
    options = _options()
    report = Report("queue")
    with server() as running:
        report.versions = {"postgresql": running.version(), "python": platform.python_version()}
        report.say(f"{machine()}; PostgreSQL {running.version()}, default settings, fsync on")
        standings = []
        for part, measure in _parts(report, running, options).items():
            if part in options.only:
                standings += measure() or []
    if options.save and standings:
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        chart.draw(standings, caption=f"{_jobs(options):,} no-op jobs. {machine()}, {day}")
    report.finish(GOALS, save=options.save)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queue", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller and once, not median of 3")
    parser.add_argument("--save", action="store_true", help="keep the results and draw the chart")
    parser.add_argument("--peers", default="", help="only these of the programs in peers/")
    parser.add_argument("--only", default=",".join(_PARTS), help="only these parts")
    options = parser.parse_args()
    options.only = options.only.split(",")
    options.peers = tuple(filter(None, options.peers.split(",")))
    return options


def _jobs(options: argparse.Namespace) -> int:
    return _QUICK_JOBS if options.quick else _JOBS


def _parts(
    report: Report, running: Server, options: argparse.Namespace
) -> dict[str, Callable[[], list[Standing] | None]]:
    quick = options.quick
    runs, jobs = 1 if quick else 3, _jobs(options)
    return {
        "race": lambda: _race(report, Race(running, jobs=jobs, only=options.peers), runs),
        "bare": lambda: bare.measure(report, running, jobs=jobs, runs=runs),
        "depth": lambda: depth.measure(
            report, running, deep=100_000 if quick else 1_000_000, runs=runs
        ),
        "snapshot": lambda: held_snapshot.measure(
            report, running, churn=50_000 if quick else 200_000
        ),
        "drains": lambda: drains.measure(report, running, jobs=2 * jobs, runs=runs),
    }


def _race(report: Report, race: Race, rounds: int) -> list[Standing]:
    standings = race.run(rounds)
    _print(report, race, standings, rounds)
    report.versions |= race.versions
    report.figures["peers"] = {
        s.runner.name: {
            "enqueue_per_s": s.enqueue_per_s,
            "drain_per_s": s.drain_per_s,
            "pickup_p50_ms": s.pickup_p50_ms,
            "how": s.how,
        }
        for s in standings
    } | {name: {"missing": reason} for name, reason in race.missing.items()}
    report.figures |= _ratios(standings)
    return standings


def _print(report: Report, race: Race, standings: list[Standing], rounds: int) -> None:
    report.table(
        f"{race.jobs:,} no-op jobs with handlers in each one's own worker; median of {rounds}",
        ["", "enqueue/s", "drain/s", "pick-up p50 ms", "how"],
        [
            [
                f"{s.runner.name} {s.version}",
                f"{s.enqueue_per_s:,.0f}",
                f"{s.drain_per_s:,.0f}",
                f"{s.pickup_p50_ms:.1f}",
                s.how,
            ]
            for s in standings
        ],
    )
    for name, reason in race.missing.items():
        report.say(f"{name} is missing: {reason}")


def _ratios(standings: list[Standing]) -> dict[str, float]:
    ours = next((s for s in standings if s.runner.ours), None)
    peers = [s for s in standings if not s.runner.ours]
    if ours is None:
        return {}
    found = {"pickup_p50_ms": ours.pickup_p50_ms}
    if peers:
        found["enqueue_vs_best_peer"] = ours.enqueue_per_s / max(p.enqueue_per_s for p in peers)
        found["drain_vs_best_peer"] = ours.drain_per_s / max(p.drain_per_s for p in peers)
    in_python = [p for p in peers if p.runner.python]
    if in_python:
        best = max(p.drain_per_s for p in in_python)
        found["drain_vs_best_python_peer"] = ours.drain_per_s / best
    return found


if __name__ == "__main__":
    main()
