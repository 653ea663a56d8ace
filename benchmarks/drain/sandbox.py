"""What the sandbox costs a job that does nothing, in a fresh child and in one used again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

from benchmarks.drain.house import build_house
from benchmarks.report import Report
from functions.worker.children.nursery import Nursery, nursery
from functions.worker.settings import WorkerSettings
from shared.queue.claim import ClaimedJob
from shared.queue.policy import Policy

_ROOT = Path(__file__).parents[2]
_RUNS = 200
_WARM_UP_RUNS = 5
_PATIENCE_SECONDS = 60
_A_MINUTE = timedelta(minutes=1)


def measure(report: Report, *, runs: int = _RUNS) -> None:
    """Fill in `sandbox_fresh_p50_ms`, `sandbox_reused_p50_ms`: whole jobs without a database."""
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder:
        house = build_house(Path(folder))
        done = subprocess.run(  # noqa: S603 - this module itself
            [sys.executable, "-m", __spec__.name, str(runs)],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(house), str(_ROOT)]),
                "DATABASE_URL": "postgresql://127.0.0.1/none",
                "STORAGE_BUCKET": "none",
                "STORAGE_EMULATOR_HOST": "http://127.0.0.1:9",
            },
            cwd=house,
            stdout=subprocess.PIPE,
            check=True,
        )
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    report.figures |= {f"sandbox_{kind}_p50_ms": times["p50"] for kind, times in found.items()}
    report.table(
        f"{runs} no-op jobs, each from order to answer and the child's end or rest",
        ["child", "p50 ms", "p95 ms"],
        [[kind, f"{times['p50']:.1f}", f"{times['p95']:.1f}"] for kind, times in found.items()],
    )


def _main(runs: int) -> None:
    """Measure in a worker's process, and print the times."""
    ours = nursery(WorkerSettings())

    def fresh() -> None:
        with ours:
            _work(ours)

    found = {"fresh": _times(fresh, runs)}
    with ours:
        found["reused"] = _times(lambda: _work(ours), runs)
    sys.stdout.write(json.dumps(found))


def _work(ours: Nursery) -> None:
    with ours.sandbox(_job()) as sandbox:
        message = sandbox.receive(_PATIENCE_SECONDS)
    if message is None or message.type != "finished":
        raise RuntimeError(message)


def _job() -> ClaimedJob:
    return ClaimedJob(
        id=1,
        fence=1,
        queue="noop_in_child",
        tenant="tenant",
        subject=None,
        batch_id=None,
        payload={"prefix": "none"},
        trace=None,
        cost=1.0,
        attempts=1,
        max_attempts=1,
        checkpoint=None,
        policy=Policy(
            queue="noop_in_child",
            clock="none",
            paused=False,
            lease=_A_MINUTE,
            max_attempts=1,
            backoff_base=_A_MINUTE,
            backoff_cap=_A_MINUTE,
            max_running=None,
            max_running_per_tenant=None,
            rate=None,
            rate_period=_A_MINUTE,
            keep=_A_MINUTE,
            capped=False,
        ),
    )


def _times(do: Callable[[], None], runs: int) -> dict[str, float]:
    found = []
    for _ in range(runs + _WARM_UP_RUNS):
        began = time.perf_counter()
        do()
        found.append((time.perf_counter() - began) * 1000)
    cuts = quantiles(found[_WARM_UP_RUNS:], n=20)
    return {"p50": cuts[9], "p95": cuts[18]}


if __name__ == "__main__":
    _main(int(sys.argv[1]))
