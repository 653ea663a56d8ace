"""What language models may cost a tenant, and what they have cost.

A child has no database, so nobody can ask it at each call. What a job may use is booked when it is
enqueued and anew at each attempt, and the child keeps to that. What an ended job has left over is
free again. What was used stays in the month's account when the record goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from shared.errors import Conflict

KINDS = 2
"""Kinds that call models. Each may run one job of a tenant at a time and gets its share."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a job may use; None: as much as it needs."""

    tokens: int | None
    calls_per_minute: int | None


class Spent(Protocol):
    """What is to be added: the worker's own account of it."""

    calls: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost: float


@dataclass(frozen=True, slots=True)
class Use:
    """What jobs have used; `cost` is in the currency of LLM_PRICE_IN and LLM_PRICE_OUT."""

    calls: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost: float


# Two that enqueue at once must not grant the same tokens.
_LOCK = "select pg_advisory_xact_lock(hashtextextended('model_grant ' || %s, 0))"

_LIMIT = """
select calls_per_minute, tokens_per_month from records.model_limit
 where tenant in (%(tenant)s, '*') order by tenant = '*' limit 1
"""

_GRANTED = """
select job_id, tokens, tokens_in + tokens_out from records.model_grant
 where tenant = %(tenant)s and month = date_trunc('month', now())::date
"""

Live = Callable[[Sequence[int]], set[int]]
"""Says which of some jobs have not ended."""


def allow(conn: Connection, tenant: str, *, live: Live) -> Allowance:
    """Return what a job that is about to be enqueued may use; `book` it with its id.

    Raises Conflict when nothing is left this month.
    """
    allowance = _left(conn, tenant, live)
    if allowance.tokens == 0:
        raise Conflict(
            "This month's tokens for language models are used up or granted to tasks that still "
            "run."
        )
    return allowance


_BOOK = """
insert into records.model_grant (job_id, record_id, tenant, month, tokens)
values (%s, %s, %s, date_trunc('month', now())::date, %s)
"""


def book(conn: Connection, job_id: int, record_id: UUID, tenant: str, allowance: Allowance) -> None:
    """Write down what a job was allowed, in the transaction that enqueues it."""
    conn.execute(_BOOK, [job_id, record_id, tenant, allowance.tokens])


_RENEW = """
insert into records.model_grant (job_id, record_id, tenant, month, tokens)
select job_id, record_id, tenant, date_trunc('month', now())::date, %(tokens)s::bigint
  from records.model_grant where job_id = %(job_id)s limit 1
on conflict (job_id, month)
   do update set tokens = model_grant.tokens_in + model_grant.tokens_out + excluded.tokens
"""


def renew(conn: Connection, job_id: int, tenant: str, *, live: Live) -> Allowance:
    """Return what an attempt that is about to begin may use, and book it.

    Since the job was enqueued it may have ended, so that what it had left over was granted to
    another, and been brought back; the month or the limit may be another one.
    """
    allowance = _left(conn, tenant, live, job_id=job_id)
    conn.execute(_RENEW, {"job_id": job_id, "tokens": allowance.tokens})
    return allowance


def _left(conn: Connection, tenant: str, live: Live, *, job_id: int | None = None) -> Allowance:
    """Return what nobody has used and nobody but the job itself holds."""
    conn.execute(_LOCK, [tenant])
    limit = conn.execute(_LIMIT, {"tenant": tenant}).fetchone()
    calls, tokens = limit or (None, None)
    if calls is not None:
        calls = max(1, calls // KINDS)
    if tokens is None:
        return Allowance(None, calls)
    granted = conn.execute(_GRANTED, {"tenant": tenant}).fetchall()
    holding = [job for job, most, used in granted if job != job_id and most and most > used]
    alive = live(holding)
    for job, most, used in granted:
        tokens -= most if job in alive else used
    return Allowance(max(0, tokens), calls)


_SPEND = """
insert into records.model_grant (job_id, record_id, tenant, month, tokens, calls, cached, tokens_in,
                                 tokens_out, cost)
select job_id, record_id, tenant, date_trunc('month', now())::date, null, %(calls)s, %(cached)s,
       %(tokens_in)s, %(tokens_out)s, %(cost)s
  from records.model_grant where job_id = %(job_id)s limit 1
on conflict (job_id, month) do update
   set calls = model_grant.calls + excluded.calls, cached = model_grant.cached + excluded.cached,
       tokens_in = model_grant.tokens_in + excluded.tokens_in,
       tokens_out = model_grant.tokens_out + excluded.tokens_out,
       cost = model_grant.cost + excluded.cost
"""


def spend(conn: Connection, job_id: int, use: Spent) -> None:
    """Add what a job has used, in the transaction that keeps what came of it."""
    conn.execute(
        _SPEND,
        {
            "job_id": job_id,
            "calls": use.calls,
            "cached": use.cached,
            "tokens_in": use.tokens_in,
            "tokens_out": use.tokens_out,
            "cost": use.cost,
        },
    )


_OF_RECORD = """
select coalesce(sum(calls), 0)::bigint as calls, coalesce(sum(cached), 0)::bigint as cached,
       coalesce(sum(tokens_in), 0)::bigint as tokens_in,
       coalesce(sum(tokens_out), 0)::bigint as tokens_out,
       coalesce(sum(cost), 0)::float8 as cost
  from records.model_grant where record_id = %s
"""


def use_of(conn: Connection, record_id: UUID) -> Use:
    """Return what all jobs of a record have used."""
    with conn.cursor(row_factory=class_row(Use)) as cursor:
        found = cursor.execute(_OF_RECORD, [record_id]).fetchone()
    assert found is not None  # noqa: S101 - an aggregate is always one row
    return found


_FORGET = """
delete from records.model_grant
 where month < date_trunc('month', now())::date
   and not exists (select from records.screening where id = record_id)
   and not exists (select from records.extraction where id = record_id)
"""


def forget(conn: Connection) -> None:
    """Delete the accounts of months that are over, of records that have gone."""
    conn.execute(_FORGET)
