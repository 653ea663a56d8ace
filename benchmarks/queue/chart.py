"""The standings as a picture: two panels of bars, written as plain SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from benchmarks.queue.race import Standing

CHART = Path(__file__).parents[2] / "docs" / "queue-benchmark.svg"

_LABEL, _BAR, _NUMBER, _ROW, _GAP = 130, 250, 60, 26, 40
_WIDTH = 2 * (_LABEL + _BAR + _NUMBER) + _GAP
_SECOND = _LABEL + _BAR + _NUMBER + _GAP
_TOP = 52

# Readable on a light page and on a dark one.
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 } .ours { fill: #0969da } .peer { fill: #afb8c1 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .ours { fill: #58a6ff } .peer { fill: #57606a } }
"""


def draw(standings: Sequence[Standing], *, caption: str) -> None:
    """Write the chart."""
    height = _TOP + _ROW * len(standings) + 40
    panels = [
        *_panel("Enqueue, jobs/s", standings, lambda s: s.enqueue_per_s, left=0),
        *_panel("Drain with handlers, jobs/s", standings, lambda s: s.drain_per_s, left=_SECOND),
    ]
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(caption)}</title>",
        f"<style>{_STYLE}</style>",
        *panels,
        f'<text x="0" y="{height - 10}">{escape(caption)}</text>',
        "</svg>",
    ]
    CHART.write_text("\n".join(lines) + "\n")


def _panel(
    title: str, standings: Sequence[Standing], value: Callable[[Standing], float], *, left: int
) -> list[str]:
    most = max(value(standing) for standing in standings)
    lines = [f'<text class="title" x="{left + _LABEL}" y="30">{escape(title)}</text>']
    for row, standing in enumerate(sorted(standings, key=value, reverse=True)):
        y = _TOP + row * _ROW
        width = max(1, round(_BAR * value(standing) / most))
        kind = "ours" if standing.runner.ours else "peer"
        bar_left = left + _LABEL
        name = escape(standing.runner.name)
        lines += [
            f'<text x="{bar_left - 8}" y="{y + 13}" text-anchor="end">{name}</text>',
            f'<rect class="{kind}" x="{bar_left}" y="{y}" width="{width}" height="18" rx="2"/>',
            f'<text x="{bar_left + width + 6}" y="{y + 13}">{value(standing) / 1000:.1f}k</text>',
        ]
    return lines
