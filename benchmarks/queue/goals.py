"""What the queue is to reach."""

from __future__ import annotations

from benchmarks.report import Goal

GOALS = (
    Goal("enqueue_vs_best_peer", "enqueue in bulk, times the best peer", least=3),
    Goal("drain_vs_best_peer", "drain with handlers, times the best peer", least=1.5),
    Goal("drain_vs_best_python_peer", "drain with handlers, times the best in Python", least=5),
    Goal("claim_1m_vs_20k", "claim and complete at depth, times shallow", least=0.9),
    Goal("held_snapshot_vs_free", "rate under an old snapshot, times free", least=0.9),
    Goal("fair_1000_tenants_vs_one", "rate with 1,000 tenants, times one", least=0.8),
    Goal("other_tenant_first_job_claims", "claims until a newcomer's first job", most=2),
    Goal("drains_4_vs_1", "four drains, times one", least=1.5),
    Goal("drains_8_vs_4", "eight drains, times four", least=0.85),
    Goal("pickup_p50_ms", "pick-up by a live drain, ms", most=10),
)
