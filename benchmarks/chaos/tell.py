"""What a run says of itself."""

from __future__ import annotations

from collections import defaultdict

from benchmarks.chaos.run import Found
from benchmarks.chaos.troubles.kinds import KINDS
from benchmarks.report import Report

_MOST_SENTENCES = 20


def tell(report: Report, found: Found) -> None:
    """Fill in the figures, and print tables of what struck and of what came of it."""
    orphans, missing = found.listed - found.referenced, found.referenced - found.listed
    wrong = {
        **found.verdict.wrong,
        "half_true": found.watch.half_true,
        "orphans": sorted(orphans),
        "missing": sorted(missing),
    }
    report.figures |= {figure: len(sentences) for figure, sentences in wrong.items()}
    report.figures |= {
        "not_drained": found.left,
        "drained_in_s": round(found.drained_in, 1),
        "accepted": len(found.accepted.tasks) + len(found.accepted.tallies),
        "struck": sum(found.struck.values()),
        "kinds_struck": sum(1 for count in found.struck.values() if count),
        "objects_before_sweep": len(found.before_sweep),
        "objects_after_sweep": len(found.listed),
        "objects_referenced": len(found.referenced),
        "looks": found.watch.looks,
    }
    _struck(report, found)
    _ends(report, found)
    _around(report, found)
    for figure, sentences in wrong.items():
        for sentence in sentences[:_MOST_SENTENCES]:
            report.say(f"{figure}: {sentence}")


def _struck(report: Report, found: Found) -> None:
    disks = "tmpfs" if found.real_disks else "not filled: only root may mount a small one"
    report.table(
        f"Trouble (disks: {disks})",
        ["", "times it struck"],
        [[name, str(found.struck[name])] for name in KINDS],
    )


def _ends(report: Report, found: Found) -> None:
    ends: dict[str, dict[str, int]] = defaultdict(dict)
    for (what, end), count in sorted(found.verdict.ends.items()):
        ends[what][end] = count
    report.table(
        "What was accepted, and how it ended",
        ["", "number", "ends"],
        [
            [what, str(sum(how.values())), ", ".join(f"{n} {end}" for end, n in how.items())]
            for what, how in ends.items()
        ],
    )
    for (what, reason), count in found.verdict.reasons.most_common():
        report.say(f"In error and need not have been: {count} of {what}: {reason}")
    report.figures["good_in_error"] = sum(found.verdict.reasons.values())


def _around(report: Report, found: Found) -> None:
    report.table(
        "Attempts",
        ["queue", "jobs", "attempts beyond the first", "most of one job"],
        [[str(cell) for cell in row] for row in found.attempts],
    )
    watch = found.watch
    report.say(f"Requests that start work were answered {dict(found.accepted.tries)}")
    report.say(f"Refused: {dict(found.accepted.refused)}; ticks: {dict(found.calls)}")
    report.say(
        f"{watch.looks} looks at records, {watch.unanswered} of them while something was down"
    )
    report.say(f"Drained {found.drained_in:.1f} s after the last trouble")
    report.say(
        f"Objects: {len(found.before_sweep)} before the sweep, {len(found.listed)} after it,"
        f" {len(found.referenced)} referred to"
    )
