"""What a long run is to reach.

The run is cut into quarters. The first is left out: caches fill, and a worker imports. *Flat* means
that the last quarter is as the second one, give or take what a shared machine does from one minute
to the next. Memory is the median of what all processes of the worker have written. The claims are
those that begin at the low-water mark. Those that look below it walk over all that an old snapshot
keeps, so they cannot be flat; they are bounded by their share of the time instead.
"""

from __future__ import annotations

from benchmarks.report import Goal

GOALS = (
    Goal(
        "memory_q4_vs_q2",
        "memory of the worker's processes, last quarter by second",
        most=1.05,
    ),
    Goal(
        "claim_p99_q4_vs_q2",
        "a claim under an old snapshot, p99, last quarter by second",
        most=1.25,
    ),
    Goal("sweep_share", "share of the time in claims from below the mark", most=0.05),
    Goal("history_bytes_per_row", "what a job that has ended takes, bytes with indexes", most=600),
    Goal("hot_reused", "hot tables after the release and a quarter more, times before", most=1.05),
)
