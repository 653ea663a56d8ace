"""What the HTTP functions are to reach."""

from __future__ import annotations

from benchmarks.report import Goal

GOALS = (
    Goal("upload_vs_bare_p50", "upload of A against a bare PUT + INSERT, p50, times", most=1.3),
    Goal("status_per_s", "status polls a second and core, signed in", least=1200),
    Goal("status_304_per_s", "the same, unchanged", least=1500),
    Goal("poll_200_p99_ms", "200 users poll while 20 upload, p99, ms", most=150),
    Goal("poll_200_errors", "errors among those", most=0),
)
