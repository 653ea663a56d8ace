"""A million waiting jobs beside twenty thousand, and a thousand tenants beside one."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

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
_NEWCOMERS = 5
_GIVE_UP_AFTER = 2 * _TENANTS


def measure(report: Report, server: Server, *, deep: int, runs: int) -> None:
    """Fill in `claim_1m_vs_20k`, the two figures of fairness, and `newcomer_among_busy_claims`."""
    with server.queue() as url:
        load(url, deep, tenant="big")
        server.checkpoint()
        at_depth = _beside_shallow(server, url, runs)
        behind_one = _claims_until_served(url, "newcomer")
        _load_small_tenants(url, runs)
        server.checkpoint()
        fair = _beside_shallow(server, url, runs)
        behind_all = _claims_until_served(url, "late newcomer")
    report.figures |= {
        "claim_1m_vs_20k": at_depth.ratio,
        "fair_1000_tenants_vs_one": fair.ratio,
        "other_tenant_first_job_claims": behind_one,
        "newcomer_among_busy_claims": behind_all,
    }
    report.table(
        f"Claim and complete, batch {BATCH}, on a fresh connection; median of {runs}",
        ["waiting", "jobs/s", "beside it, shallow", "claims until a newcomer's first job*"],
        [
            [f"{deep:,} of one tenant", *at_depth.cells(), str(behind_one)],
            [f"the same and some of {_TENANTS - 1} more", *fair.cells(), str(behind_all)],
        ],
    )
    report.say(
        f"  * at batch 1, the worst of {_NEWCOMERS} newcomers, one after the other\n"
        f"  shallow: {_MEASURED:,} of one tenant"
    )


@dataclass(frozen=True)
class _Beside:
    """Jobs per second of both, in the median of the runs."""

    rate: float
    shallow: float

    @property
    def ratio(self) -> float:
        return self.rate / self.shallow

    def cells(self) -> tuple[str, str]:
        return f"{self.rate:,.0f}", f"{self.shallow:,.0f}"


def _beside_shallow(server: Server, url: str, runs: int) -> _Beside:
    """Take turns with a queue that holds no more than is measured: both meet the same host."""
    rates = [(_rate(url), _shallow(server)) for _ in range(runs)]
    return _Beside(*map(median, zip(*rates, strict=True)))


def _shallow(server: Server) -> float:
    with server.queue() as url:
        load(url, _MEASURED)
        server.checkpoint()
        return _rate(url)


def _rate(url: str) -> float:
    with connected(url) as conn:
        return work_off(conn, batch=BATCH, jobs=_MEASURED).rate


def _load_small_tenants(url: str, runs: int) -> None:
    """Give each so many that none runs out while the rate is taken."""
    small = [f"small-{n}" for n in range(1, _TENANTS)]
    each = 2 + runs * _MEASURED // _TENANTS
    with connected(url) as conn, conn.transaction():
        enqueue_many(conn, [job for tenant in small for job in jobs_of(tenant, each)])


def _claims_until_served(url: str, name: str) -> int:
    """Return the most that any of the newcomers waited."""
    with connected(url) as conn:
        return max(_wait_of(conn, f"{name} {n}") for n in range(_NEWCOMERS))


def _wait_of(conn: psycopg.Connection, tenant: str) -> int:
    enqueue(conn, jobs_of(tenant, 1)[0].payload, tenant=tenant)
    for number in range(1, _GIVE_UP_AFTER + 1):
        claimed = claim(conn, QUEUE, limit=1)
        complete_many(conn, claimed)
        if claimed[0].tenant == tenant:
            return number
    return _GIVE_UP_AFTER
