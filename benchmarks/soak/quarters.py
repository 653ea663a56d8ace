"""The quarters of a run beside one another."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.report import Report
from benchmarks.soak.handlers import tread
from benchmarks.soak.walk import Step

_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class _Quarter:
    """Medians and percentiles of a quarter; megabytes and milliseconds."""

    jobs_per_second: float
    own: float
    rss: float
    claim_p50: float
    claim_p99: float
    sweep_p50: float
    sweep_share: float


def tell(report: Report, steps: list[Step]) -> None:
    """Print the quarters, and fill in the figures that compare the last one with the second."""
    size = len(steps) // _QUARTERS
    if not size:
        report.say(f"Only {len(steps)} steps were done: too few to compare quarters.")
        return
    quarters = [_quarter(steps[n * size : (n + 1) * size]) for n in range(_QUARTERS)]
    _, second, _, last = quarters
    report.figures |= {
        "jobs_under_snapshot": sum(step.jobs for step in steps),
        "memory_own_mb": last.own,
        "memory_q4_vs_q2": last.own / second.own,
        "claim_p99_ms": last.claim_p99,
        "claim_p99_q4_vs_q2": last.claim_p99 / second.claim_p99,
        "sweep_share": _sweep_share(steps),
        "jobs_per_s_q4_vs_q2": last.jobs_per_second / second.jobs_per_second,
    }
    report.table(
        "While an old snapshot is held",
        [
            *("quarter", "jobs/s", "own MB", "RSS MB", "claim p50 ms", "p99 ms"),
            *("sweep p50 ms", "share of the time"),
        ],
        [_cells(number, quarter) for number, quarter in enumerate(quarters, start=1)],
    )
    report.say(
        "  own MB: what the worker's processes have written, shared pages counted once\n"
        "  a claim: of one job for a child, from the low-water mark on\n"
        "  a sweep: a claim or a taking that begins below the mark"
    )


def _quarter(steps: list[Step]) -> _Quarter:
    claims = [claim for step in steps for claim in step.claims]
    alone = [
        claim.milliseconds
        for claim in claims
        if claim.queue == tread.Payload.queue and claim.jobs and not claim.sweep
    ]
    memory = [held for step in steps for held in step.memory]
    percentiles = quantiles(alone, n=100)
    return _Quarter(
        jobs_per_second=sum(step.jobs for step in steps) / sum(step.seconds for step in steps),
        own=median(held.own for held in memory),
        rss=median(held.rss for held in memory),
        claim_p50=percentiles[49],
        claim_p99=percentiles[98],
        sweep_p50=median(claim.milliseconds for claim in claims if claim.sweep),
        sweep_share=_sweep_share(steps),
    )


def _sweep_share(steps: list[Step]) -> float:
    swept = sum(claim.milliseconds for step in steps for claim in step.claims if claim.sweep)
    return swept / 1000 / sum(step.seconds for step in steps)


def _cells(number: int, quarter: _Quarter) -> list[str]:
    return [
        str(number),
        f"{quarter.jobs_per_second:,.0f}",
        f"{quarter.own:,.1f}",
        f"{quarter.rss:,.1f}",
        f"{quarter.claim_p50:.2f}",
        f"{quarter.claim_p99:.2f}",
        f"{quarter.sweep_p50:.2f}",
        f"{quarter.sweep_share:.3f}",
    ]
