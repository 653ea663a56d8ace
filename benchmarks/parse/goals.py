"""What reading and serving spreadsheets is to reach."""

from __future__ import annotations

from benchmarks.report import Goal

GOALS = (
    Goal("a_vs_pandas_openpyxl", "A, end to end, times pandas + openpyxl's bare read", least=12),
    Goal("b_vs_pandas_openpyxl", "B, end to end, times pandas + openpyxl's bare read", least=12),
    Goal("a_vs_fastexcel", "A, end to end, times fastexcel's bare read", least=0.5),
    Goal("b_vs_fastexcel", "B, end to end, times fastexcel's bare read", least=0.5),
    Goal("b_peak_mb", "B, peak memory of the child, MB", most=450),
    Goal("c_peak_mb", "C, peak memory of the child, MB", most=450),
    Goal("preview_first_p50_ms", "first preview at 1M rows, ms", most=25),
    Goal("preview_random_p50_ms", "a random page at 1M rows, ms", most=60),
    Goal("full_a_p50_ms", "full data of A, ms", most=150),
    Goal("action_a_p50_ms", "an action on A, end to end, ms", most=1000),
)
