"""One run: trouble under load, then peace, the sweep, and the judgement."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chaos.accepted import Accepted
from benchmarks.chaos.judge import Verdict, judge
from benchmarks.chaos.load import Load
from benchmarks.chaos.plan import plan
from benchmarks.chaos.quiet import sweep, wait_until_done
from benchmarks.chaos.referenced import referenced
from benchmarks.chaos.stack import running_stack
from benchmarks.chaos.trouble import make_trouble
from benchmarks.chaos.watch import Watch
from tests.worker.listing import keys

_DRAIN_SECONDS = 180
_SWEEP_SECONDS = 120


@dataclass(frozen=True)
class Found:
    """What a run has come to."""

    struck: Counter[str]
    accepted: Accepted
    watch: Watch
    verdict: Verdict
    drained_in: float
    left: int
    before_sweep: set[str]
    listed: set[str]
    referenced: set[str]
    attempts: list[tuple[object, ...]]
    real_disks: bool
    calls: Counter[str]


def run(folder: Path, seed: int, seconds: float) -> Found:
    """Make trouble for so long; all that follows is bounded, too."""
    with running_stack(folder) as stack:
        load = Load(stack, seed)
        with Watch(stack.system.url, load.accepted, seed) as watch:
            with load:
                struck = make_trouble(stack, plan(seed, seconds), check=load.check)
            drained_in, left = wait_until_done(stack, seconds=_DRAIN_SECONDS)
        verdict = judge(stack, load.accepted)
        attempts = stack.query(_ATTEMPTS)
        before = keys(stack.store, "")
        if not left:
            sweep(stack, seconds=_SWEEP_SECONDS)
        return Found(
            struck=struck,
            accepted=load.accepted,
            watch=watch,
            verdict=verdict,
            drained_in=drained_in,
            left=left,
            before_sweep=before,
            listed=keys(stack.store, ""),
            referenced=referenced(stack),
            attempts=attempts,
            real_disks=all(worker.disk.is_real for worker in stack.workers),
            calls=sum((Counter(worker.answers) for worker in stack.workers), Counter()),
        )


_ATTEMPTS = """
select queue, count(*), sum(attempts) - count(*), max(attempts)
  from queue.ended group by queue order by queue
"""
