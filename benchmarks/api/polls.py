"""How many status polls a function answers, and how soon while others upload."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil

from benchmarks.api.place import Line, Place
from benchmarks.report import Report
from local.paths import ROOT

SAMPLE = ROOT / "samples" / "penguins.xlsx"
_POLL_SECONDS = 2.0


def record_of(place: Place, user: str, file: Path = SAMPLE) -> str:
    """Upload a file, wait until it is ready, and return the path of its status."""
    with httpx.Client(headers=place.headers(user), timeout=120, trust_env=False) as client:
        sent = client.post(
            f"{place.urls['upload']}/api/v1/sheets/tasks",
            files={"file": (file.name, file.read_bytes())},
        )
        path: str = sent.raise_for_status().json()["data"]["statusUrl"]
        while client.get(place.urls["status"] + path).json()["data"]["status"] == "processing":
            time.sleep(0.05)
    return path


def throughput(report: Report, place: Place, *, polls: int) -> None:
    """Measure polls per second of the function's own processor time, whatever else runs."""
    path, headers = record_of(place, "ann"), place.headers("ann")
    rows = []
    for figure, more in (("status_per_s", {}), ("status_304_per_s", {"If-None-Match": "*"})):
        asked = {**headers, **more}
        if more:
            asked["If-None-Match"] = _etag(place, path, headers)
        per_core, p99 = _one_line(place, path, asked, polls)
        report.figures[figure] = per_core
        rows.append([figure, f"{per_core:.0f}", f"{p99 * 1000:.2f}"])
    report.table("Status polls, signed in", ["", "per s and core", "p99, ms"], rows)


def crowd(report: Report, place: Place, *, seconds: float, users: int = 200) -> None:
    """Let many poll every two seconds while 20 upload."""
    path = record_of(place, "ann")
    headers = place.headers("ann")
    taken: list[float] = []
    errors: list[object] = []
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_poll, args=(place, path, headers, until, n / users, taken, errors))
        for n in range(users)
    ]
    threads += [
        threading.Thread(target=_upload, args=(place, f"u{n}", until, errors)) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p99 = statistics.quantiles(taken, n=100)[98] * 1000
    report.figures |= {"poll_200_p99_ms": p99, "poll_200_errors": len(errors)}
    report.say(f"{len(taken)} polls of {users} users, p99 {p99:.0f} ms, {len(errors)} errors")


def _one_line(
    place: Place, path: str, headers: Mapping[str, str], polls: int
) -> tuple[float, float]:
    line = _line(place)
    family = _family(place)
    for _ in range(200):
        line.get(path, headers)
    taken, spent = [], sum(_cpu(each) for each in family)
    for _ in range(polls):
        began = time.perf_counter()
        status, _ = line.get(path, headers)
        taken.append(time.perf_counter() - began)
        if status not in (200, 304):
            raise RuntimeError(f"A poll was answered {status}.")
    spent = sum(_cpu(each) for each in family) - spent
    line.close()
    return polls / spent, statistics.quantiles(taken, n=100)[98]


def _family(place: Place) -> list[psutil.Process]:
    port = urlsplit(place.urls["status"]).port
    return [
        process
        for process in psutil.Process().children(recursive=True)
        if process.environ().get("PORT") == str(port)
    ]


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _line(place: Place) -> Line:
    address = urlsplit(place.urls["status"])
    return Line(address.hostname or "", address.port or 0)


def _etag(place: Place, path: str, headers: Mapping[str, str]) -> str:
    return httpx.get(place.urls["status"] + path, headers=dict(headers)).headers["etag"]


def _poll(  # noqa: PLR0917 - a thread's arguments
    place: Place,
    path: str,
    headers: Mapping[str, str],
    until: float,
    share: float,
    taken: list[float],
    errors: list[object],
) -> None:
    time.sleep(share * _POLL_SECONDS)
    while time.perf_counter() < until:
        began = time.perf_counter()
        try:
            line = _line(place)
            status, _ = line.get(path, {**headers, "Connection": "close"})
            line.close()
            if status != 200:  # noqa: PLR2004 - OK
                errors.append(status)
        except OSError as error:
            errors.append(error)
        taken.append(time.perf_counter() - began)
        time.sleep(max(0.0, began + _POLL_SECONDS - time.perf_counter()))


def _upload(place: Place, user: str, until: float, errors: list[object]) -> None:
    content, headers = SAMPLE.read_bytes(), place.headers(user)
    with httpx.Client(timeout=60, trust_env=False, headers=headers) as client:
        while time.perf_counter() < until:
            try:
                sent = client.post(
                    f"{place.urls['upload']}/api/v1/sheets/tasks",
                    files={"file": ("a.xlsx", content)},
                )
                if sent.status_code != 202:  # noqa: PLR2004 - accepted
                    errors.append(sent.status_code)
            except httpx.TransportError as error:
                errors.append(error)
            time.sleep(_POLL_SECONDS)
