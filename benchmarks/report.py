"""The one form in which all benchmarks answer: tables for people, a last line for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from benchmarks.machine import machine

RESULTS = Path(__file__).parent / "results"
_WIDTH = 130


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that a figure should keep: at least `least`, or at most `most`."""

    figure: str
    says: str
    least: float | None = None
    most: float | None = None

    def reached(self, value: float) -> bool:
        """Say whether the value keeps the bound."""
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    @property
    def bound(self) -> str:
        """Return the bound as people write it."""
        return f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"


@dataclass
class Report:
    """Collects what a benchmark says and finds; `finish` prints the goals and the last line."""

    name: str
    versions: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    _console: Console = field(
        default_factory=lambda: Console(width=_WIDTH, highlight=False, record=True)
    )

    def say(self, what: str | Table) -> None:
        """Print it at once, and keep it for the results."""
        self._console.print(what)

    def table(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table; columns of numbers are set to the right."""
        table = Table(box=SIMPLE_HEAD)
        for name, *column in zip(head, *rows, strict=True):
            numbers = all(text[:1].isdigit() for text in column)
            table.add_column(name, justify="right" if numbers else "left")
        for row in rows:
            table.add_row(*row)
        self.say(f"\n[bold]{title}[/bold]")
        self.say(table)

    def finish(self, goals: Sequence[Goal], *, save: bool) -> None:
        """Print the goals beside the figures and, last, the JSON object; save both if asked to."""
        self._print_goals(goals)
        found = {
            "benchmark": self.name,
            "machine": machine(),
            "versions": self.versions,
            "figures": self.figures,
        }
        if save:
            stem = RESULTS / f"{self.name}-{datetime.now(UTC):%Y-%m-%d}"
            RESULTS.mkdir(exist_ok=True)
            stem.with_suffix(".json").write_text(json.dumps(found, indent=2) + "\n")
            lines = self._console.export_text().splitlines()
            stem.with_suffix(".txt").write_text("".join(f"{line.rstrip()}\n" for line in lines))
        self._console.print(json.dumps(found), soft_wrap=True, markup=False)

    def _print_goals(self, goals: Sequence[Goal]) -> None:
        rows = []
        for goal in goals:
            value = self.figures.get(goal.figure)
            reached = "not measured"
            if value is not None:
                reached = "reached" if goal.reached(value) else "not reached"
            rows.append([goal.says, "" if value is None else f"{value:.2f}", goal.bound, reached])
        self.table("Goals", ["", "figure", "goal", ""], rows)
