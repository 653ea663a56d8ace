"""Measure cold starts: from a process's start to its first answer, and its memory after that.

python -m benchmarks.cold_start [--quick] [--save]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil

from benchmarks.report import Goal, Report
from local.functions import FUNCTIONS, FunctionProcess
from local.paths import ROOT
from local.system import running_system

_MIB = 1 << 20
_IMPORT = """
import importlib.util, sys, time
began = time.perf_counter()
spec = importlib.util.spec_from_file_location("main", f"functions/{sys.argv[1]}/main.py")
spec.loader.exec_module(importlib.util.module_from_spec(spec))
print(time.perf_counter() - began)
"""

GOALS = (
    Goal("upload_s", "upload: from start to first answer, s", most=0.9),
    Goal("status_s", "status: from start to first answer, s", most=0.9),
)


def main() -> None:
    """Measure all three functions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cold_start", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer starts")
    parser.add_argument("--save", action="store_true", help="keep the results")
    options = parser.parse_args()
    report = Report("cold_start")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_system(data=Path(folder), port=0) as system,
    ):
        rows = []
        for name in FUNCTIONS:
            env = dict(system.functions[name].child.env)
            env.pop("PORT")
            starts = [_start(name, env, Path(folder)) for _ in range(3 if options.quick else 9)]
            seconds = statistics.median(each[0] for each in starts)
            memory = statistics.median(each[1] for each in starts)
            imports = statistics.median(_import_seconds(name, env) for _ in range(3))
            report.figures |= {f"{name}_s": seconds, f"{name}_rss_mb": memory}
            rows.append([name, f"{seconds:.2f}", f"{imports:.2f}", f"{memory:.0f}"])
    report.table("Cold start", ["function", "s", "of it imports, s", "memory, MiB"], rows)
    report.finish(GOALS, save=options.save)


def _start(name: str, env: dict[str, str], folder: Path) -> tuple[float, float]:
    """Return the seconds from start to first answer, and MiB of all its processes then."""
    function = FunctionProcess(name, env=env, log=folder / f"cold-{name}.log")
    began = time.perf_counter()
    function.start()
    try:
        with httpx.Client(trust_env=False) as client:
            while True:
                function.check()
                try:
                    client.get(f"{function.url}/health/ready").raise_for_status()
                    break
                except httpx.TransportError:
                    time.sleep(0.005)
        seconds = time.perf_counter() - began
        process = psutil.Process(function.child.pid)
        family = [process, *process.children(recursive=True)]
        return seconds, sum(each.memory_full_info().pss for each in family) / _MIB
    finally:
        function.stop()


def _import_seconds(name: str, env: dict[str, str]) -> float:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", _IMPORT, name],
        cwd=ROOT,
        env={**env, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


if __name__ == "__main__":
    main()
