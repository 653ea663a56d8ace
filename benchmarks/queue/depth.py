"""A million waiting jobs beside twenty thousand, and a thousand tenants beside one."""

from __future__ import annotations

import psycopg

from benchmarks.queue.ours import QUEUE, connected, jobs_of, load, work_off
from benchmarks.queue.server import Server
from benchmarks.report import Report
from shared.queue.claim import claim
from shared.queue.complete import complete_many
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import enqueue_many

BATCH = 100
_MEASURED = 20_000
_TENANTS = 1_000
_NEWCOMERS = 20
_GIVE_UP_AFTER = 100


def measure(report: Report, server: Server, *, deep: int, runs: int) -> None:
    """Fill in `claim_1m_vs_20k` and the two figures of fairness."""
    shallow = max(_shallow(server) for _ in range(runs))
    with server.queue() as url:
        load(url, deep, tenant="big")
        server.checkpoint()
        at_depth = max(_rate(url) for _ in range(runs))
        _load_small_tenants(url)
        server.checkpoint()
        fair = max(_rate(url) for _ in range(runs))
        with connected(url) as conn:
            claims = max(_claims_until_served(conn, f"newcomer-{n}") for n in range(_NEWCOMERS))
    report.figures |= {
        "claim_1m_vs_20k": at_depth / shallow,
        "fair_1000_tenants_vs_one": fair / shallow,
        "other_tenant_first_job_claims": claims,
    }
    report.table(
        f"Claim and complete, batch {BATCH}, on a fresh connection; best of {runs}",
        ["waiting", "jobs/s"],
        [
            [f"{_MEASURED:,} of one tenant", f"{shallow:,.0f}"],
            [f"{deep:,} of one tenant", f"{at_depth:,.0f}"],
            [f"{deep:,} of one tenant, {_MEASURED:,} of {_TENANTS - 1} more", f"{fair:,.0f}"],
        ],
    )
    report.say(f"Claims at batch 1 until a newcomer's first job, worst of {_NEWCOMERS}: {claims}")


def _shallow(server: Server) -> float:
    with server.queue() as url:
        load(url, _MEASURED)
        server.checkpoint()
        return _rate(url)


def _rate(url: str) -> float:
    with connected(url) as conn:
        return work_off(conn, batch=BATCH, jobs=_MEASURED).rate


def _load_small_tenants(url: str) -> None:
    small = [f"small-{n}" for n in range(1, _TENANTS)]
    each = -(-_MEASURED // len(small))
    with connected(url) as conn, conn.transaction():
        enqueue_many(conn, [job for tenant in small for job in jobs_of(tenant, each)])


def _claims_until_served(conn: psycopg.Connection, tenant: str) -> int:
    enqueue(conn, jobs_of(tenant, 1)[0].payload, tenant=tenant)
    for number in range(1, _GIVE_UP_AFTER + 1):
        claimed = claim(conn, QUEUE, limit=1)
        complete_many(conn, claimed)
        if claimed[0].tenant == tenant:
            return number
    return _GIVE_UP_AFTER
