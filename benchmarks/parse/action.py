"""How long an edit of a sheet takes, from its request until its record has the new version."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks.report import Report
from local.system import running_system

_RUNS = 5
_PATIENCE_SECONDS = 120.0
_LOOK_EVERY_SECONDS = 0.03
_TASKS = "/api/v1/sheets/tasks"


def measure(report: Report, workbook: Path, *, runs: int = _RUNS) -> None:
    """Fill in `action_a_p50_ms`: the median of several actions on this workbook, `runs` of each.

    Raises when an edit does not end well.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder,
        running_system(data=Path(folder), port=0) as system,
        httpx.Client(base_url=system.url, timeout=_PATIENCE_SECONDS) as client,
    ):
        url = _uploaded(client, workbook)
        columns = _data(client.get(url))["columns"]
        _edit(client, url, {"action": "trim"})  # the first one starts a child
        times = {
            action["action"]: [_edit(client, url, action) for _ in range(runs)]
            for action in _actions(columns)
        }
    report.figures["action_a_p50_ms"] = median(each for some in times.values() for each in some)
    report.table(
        f"{workbook.name}: {runs} edits by each action, from the request to the new version",
        ["action", "p50 ms", "max ms"],
        [[name, f"{median(each):.0f}", f"{max(each):.0f}"] for name, each in times.items()],
    )


def _actions(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return actions that touch no cell, one column, and all rows."""
    names = [column["name"] for column in columns]
    number = next(each["name"] for each in columns if each["type"] in ("integer", "decimal"))
    quoted = '"' + number.replace('"', '""') + '"'
    return [
        {"action": "reorder", "columns": [names[-1]]},
        {"action": "compute", "column": "computed", "expression": f"{quoted} * 2"},
        {"action": "fill", "columns": [number], "method": "constant", "value": 0},
        {"action": "filter", "conditions": [{"column": number, "is": "is not blank"}]},
        {"action": "sort", "by": [{"column": number}]},
        {"action": "deduplicate"},
    ]


def _uploaded(client: httpx.Client, workbook: Path) -> str:
    answer = client.post(_TASKS, files={"file": (workbook.name, workbook.read_bytes())})
    _follow(client, _data(answer)["statusUrl"])
    return f"{_TASKS}/{_data(answer)['recordId']}"


def _edit(client: httpx.Client, url: str, action: dict[str, Any]) -> float:
    """Do an edit, undo it again, and return how many ms it took."""
    began = time.perf_counter()
    _follow(client, _data(client.post(f"{url}/actions", json=action))["statusUrl"])
    took = (time.perf_counter() - began) * 1000
    client.post(f"{url}/undo").raise_for_status()
    return took


def _follow(client: httpx.Client, url: str) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while (now := _data(client.get(url)))["status"] != "ready":
        if now["status"] != "processing" or time.monotonic() > until:
            raise RuntimeError(now["error"] or f"Nothing after {_PATIENCE_SECONDS:g} s.")
        time.sleep(_LOOK_EVERY_SECONDS)


def _data(answer: httpx.Response) -> dict[str, Any]:
    found: dict[str, Any] = answer.raise_for_status().json()["data"]
    return found
