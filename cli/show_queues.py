"""Show queues to a person."""

from __future__ import annotations

from rich.markup import escape

from cli.answers import Queue
from cli.durations import told
from cli.show import CONSOLE, new_table

_MOST_COUNTED = 10_000
_UNLIMITED = "–"


def show_queues(queues: list[Queue]) -> None:
    """Print what goes on in each queue and, below, its policy."""
    _show_loads(queues)
    CONSOLE.print()
    _show_policies(queues)


def _show_loads(queues: list[Queue]) -> None:
    table = new_table("load")
    table.add_column("queue", overflow="fold")
    for heading in ("waiting", "delayed", "running", "oldest", "dead", "1 min", "1 h"):
        table.add_column(heading, justify="right")
    for heading in ("p50", "p95", "per cost"):
        table.add_column(heading, justify="right")
    for queue in queues:
        counts = (queue["waiting"], queue["delayed"], queue["running"])
        ended = (queue["deadLetters"], queue["completedLastMinute"], queue["completedLastHour"])
        table.add_row(
            escape(queue["queue"]) + (" [bold]paused[/]" if queue["paused"] else ""),
            *(_count(count) for count in counts),
            told(queue["oldestWaitingSeconds"]),
            _count(ended[0]),
            *(f"{count:,}" for count in ended[1:]),
            *_pace(queue),
        )
    CONSOLE.print(table)


def _show_policies(queues: list[Queue]) -> None:
    table = new_table("policy")
    table.add_column("queue", overflow="fold")
    for heading in ("lease", "attempts", "backoff", "keep", "max running", "per tenant", "rate"):
        table.add_column(heading)
    for queue in queues:
        table.add_row(
            escape(queue["queue"]),
            told(queue["leaseSeconds"]),
            str(queue["maxAttempts"]),
            f"{told(queue['backoffBaseSeconds'])} to {told(queue['backoffCapSeconds'])}",
            told(queue["keepSeconds"]),
            str(queue["maxRunning"] or _UNLIMITED),
            str(queue["maxRunningPerTenant"] or _UNLIMITED),
            _rate(queue),
        )
    CONSOLE.print(table)


def _count(count: int) -> str:
    return f"{count:,}+" if count >= _MOST_COUNTED else f"{count:,}"


def _rate(queue: Queue) -> str:
    if queue["rate"] is None:
        return _UNLIMITED
    period = told(queue["ratePeriodSeconds"])
    return f"{queue['rate']}/{'s' if period == '1s' else period}"


def _pace(queue: Queue) -> tuple[str, str, str]:
    pace = queue["pace"]
    if pace is None:
        return "", "", ""
    return told(pace["secondsP50"]), told(pace["secondsP95"]), told(pace["secondsPerCost"])
