"""How soon a page shows: the first one, any other, filtered, sorted; over HTTP."""

from __future__ import annotations

import random
from pathlib import Path
from statistics import median

from benchmarks.parse.served import served
from benchmarks.report import Report

_LIMIT = 100
_SEED = 6


def measure(report: Report, workbook: Path, *, rows: int, runs: int = 50) -> None:
    """Fill in `preview_first_p50_ms` and `preview_random_p50_ms`, and others beside them.

    `rows` is how many rows the workbook has.
    """
    chance = random.Random(_SEED)  # noqa: S311 - the same every time
    offsets = [chance.randrange(rows - _LIMIT) for _ in range(runs + 1)]
    with served() as system:
        url = f"{system.upload(workbook)}/preview"
        names = [str(column["name"]) for column in _columns(system.json(url))]
        few = max(runs // 5, 1)
        found = {
            "first": system.times(runs, url, lambda _: {}),
            "random": system.times(runs, url, lambda n: {"offset": offsets[n]}),
            "filter": system.times(few, url, lambda n: {"filter": f"{names[0]}:lt:{500 + n}"}),
            "search": system.times(few, url, lambda n: {"filter": f"{names[4]}:contains:{n}99"}),
            "sort": system.times(few, url, lambda n: {"sort": f"-{names[1]}", "limit": 99 + n % 2}),
            "deep": system.times(
                1, url, lambda n: {"sort": names[2], "offset": rows - 200 - n, "limit": 50}
            ),
        }
        memory = system.status_mb()
    report.figures |= {f"preview_{what}_p50_ms": median(times) for what, times in found.items()}
    report.figures["preview_status_mb"] = memory
    report.table(
        f"Pages of {rows:,} rows over HTTP; status has {memory:.0f} MB in memory at the end",
        ["page", "p50 ms", "max ms"],
        [[what, f"{median(times):.1f}", f"{max(times):.1f}"] for what, times in found.items()],
    )


def _columns(page: dict[str, object]) -> list[dict[str, object]]:
    columns = page["columns"]
    assert isinstance(columns, list)  # noqa: S101 - a page has them
    return columns
