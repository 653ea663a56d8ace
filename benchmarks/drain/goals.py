"""What a drain is to reach."""

from __future__ import annotations

from benchmarks.report import Goal

GOALS = (
    Goal("start_latency_p50_ms", "from enqueue to the start of the work, p50, ms", most=50),
    Goal("start_latency_p95_ms", "the same, p95, ms", most=200),
    Goal("sandbox_fresh_p50_ms", "a no-op job in a fresh child, p50, ms", most=25),
    Goal("sandbox_reused_p50_ms", "a no-op job in a child used again, p50, ms", most=5),
    Goal("budget_used_share", "share of a 20 s budget used when the queue is full", least=0.97),
    Goal("overrun_max_s", "the furthest that a drain overran its budget, s", most=1),
    Goal("rows_parsed_twice_share", "rows parsed twice at hand-overs, share", most=0.05),
)
