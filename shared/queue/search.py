"""Jobs by filter, newest first, a page at a time.

A page is found by index and never reads more than a bounded piece of a table. So it may hold fewer
jobs than asked for, even none, and still say where to go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row

from shared.queue._plan import by_index, own_transaction
from shared.queue.find import KnownJob

SearchState = Literal[
    "waiting", "scheduled", "retrying", "running", "cancelling", "completed", "cancelled", "buried"
]
"""A job's state; `cancelling` is one that runs although somebody has cancelled it."""

WINDOW = 10_000
"""Rows of a table that are looked at in one go."""
_PASSES = 10
"""Goes for a page: where what is looked for is rare, it may still come out short."""

_OVER = frozenset({"completed", "cancelled", "buried"})
_DELAYED = frozenset({"waiting", "scheduled", "retrying"})
_RUNNING = frozenset({"running", "cancelling"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which jobs: those that match all of it; None matches any."""

    queue: str | None = None
    tenant: str | None = None
    subject: str | None = None
    states: frozenset[SearchState] | None = None
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of a page, newest first; the next one has those below `next_before`, if any."""

    ids: list[int]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """What was found in one table: complete down to the id `floor`, altogether when None."""

    ids: list[int]
    floor: int | None = None


_STATE = """
case when job.fence is not null
          then case when lease.cancel_requested then 'cancelling' else 'running' end
     when job.tag is not null or job.due_at <= now() then 'waiting'
     when job.attempts > 0 then 'retrying'
     else 'scheduled' end
"""

_MATCHES = """
(%(queue)s::text is null or queue = %(queue)s)
and (%(tenant)s::text is null or tenant = %(tenant)s)
and (%(before)s::bigint is null or id < %(before)s)
"""

# These are few by themselves.
_NAMED = f"""
select id from queue.known_job
 where (%(subject)s::text is null or subject = %(subject)s)
   and (%(ids)s::bigint[] is null or id = any(%(ids)s))
   and (%(states)s::text[] is null
        or case when cancel_requested then 'cancelling' else state end = any(%(states)s))
   and {_MATCHES}
 order by id desc limit %(limit)s
"""  # noqa: S608 - put together from constants

# Each from the index of its own, queue by queue, as long as they are few. The order is what makes
# the planner take that index, whatever it knows of the table.
_IN_LINE = f"""
select job.id from queue.policy cross join lateral (
    select id from queue.job
     where queue = policy.queue and fence is null and tag is not null and {_MATCHES}
     order by {{order}}
     limit %(window)s
) job
"""  # noqa: S608
_OF_TENANT_IN_LINE = _IN_LINE.format(order="queue, tenant, turn")
_ALL_IN_LINE = _IN_LINE.format(order="queue, tag, id")

_LATER = f"""
select job.id from queue.policy cross join lateral (
    select id from queue.job
     where queue = policy.queue and fence is null and tag is null
       and case when due_at <= now() then 'waiting' when attempts > 0 then 'retrying'
                else 'scheduled' end = any(%(live_states)s)
       and {_MATCHES}
     order by queue, due_at
     limit %(window)s
) job
"""  # noqa: S608

_WITH_WORKERS = f"""
select id from (select job_id as id, queue, tenant, cancel_requested from queue.lease) lease
 where case when cancel_requested then 'cancelling' else 'running' end = any(%(live_states)s)
   and {_MATCHES}
"""  # noqa: S608

# Where they are many, they are not far apart.
_LIVE_BY_ID = f"""
with looked_at as materialized (
    select id, queue, tenant, fence, tag, due_at, attempts from queue.job
     where %(before)s::bigint is null or id < %(before)s
     order by id desc limit %(window)s
)
select array(select id from (
           select job.id, job.queue, job.tenant, {_STATE} as state
             from looked_at job
                  left join queue.lease on lease.job_id = any(array[job.id])
       ) job where state = any(%(live_states)s) and {_MATCHES} order by id desc limit %(limit)s),
       (select case when count(*) = %(window)s then min(id) end from looked_at)
"""  # noqa: S608

_ENDED = f"""
with looked_at as materialized (
    select id, queue, tenant, outcome from queue.ended
     where outcome = any(%(parts)s) and {{within}}
     limit %(window)s
)
select array(select id from looked_at
              where outcome = any(%(ended_states)s) and {_MATCHES}
              order by id desc limit %(limit)s),
       (select case when count(*) = %(window)s then min(id) end from looked_at)
"""  # noqa: S608
_ALL_ENDED = _ENDED.format(
    within="(%(before)s::bigint is null or id < %(before)s) order by id desc"
)
# Were it `tenant = …`, the planner might walk through everybody's by id.
_OF_TENANT_ENDED = _ENDED.format(
    within="""tenant >= %(tenant)s
       and (tenant, id) < (%(tenant)s, coalesce(%(before)s::bigint, 9223372036854775807))
     order by tenant desc, id desc"""
)

_PLAN_ANEW = "select set_config('plan_cache_mode', 'force_custom_plan', true)"

_KNOWN = "select * from queue.known_job where id = any(%s) order by id desc"


def search(conn: Connection, wanted: Wanted, *, before: int | None, limit: int) -> Found:
    """Return up to `limit` jobs that match, newest first, those with an id below `before`."""
    ids: list[int] = []
    with own_transaction(conn):
        few = _few(conn, wanted, before)
        with _planned_anew(conn):
            for _ in range(_PASSES):
                found = _page(conn, wanted, few, _parameters(wanted, before, limit - len(ids)))
                ids += found.ids
                before = found.next_before
                if before is None or len(ids) == limit:
                    break
    return Found(ids, before)


def known(conn: Connection, ids: Sequence[int]) -> list[KnownJob]:
    """Return those of the jobs that the queue still knows, newest first."""
    with by_index(conn), conn.cursor(row_factory=class_row(KnownJob)) as cursor:
        return cursor.execute(_KNOWN, [list(ids)]).fetchall()


@contextmanager
def _planned_anew(conn: Connection) -> Iterator[None]:
    """Plan for what is asked: a plan for all that might be could not go by the right index."""
    with by_index(conn):
        conn.execute(_PLAN_ANEW)
        yield


def _few(conn: Connection, wanted: Wanted, before: int | None) -> list[int] | None:
    """Return all jobs that have not ended and match, None when they are too many for that."""
    if (wanted.queue, wanted.tenant, wanted.states) == (None, None, None):
        return None
    parameters = _parameters(wanted, before, WINDOW)
    states = set(parameters["live_states"])
    # The leases are few, and reading them whole is quicker than by an index full of dead entries.
    found = _ids(conn, _WITH_WORKERS, parameters) if states & _RUNNING else []
    with _planned_anew(conn):
        in_line = _ALL_IN_LINE if wanted.tenant is None else _OF_TENANT_IN_LINE
        for statement, of in ((in_line, {"waiting"}), (_LATER, _DELAYED)):
            if states & of:
                found += _ids(conn, statement, parameters)
    return sorted(found, reverse=True) if len(found) < WINDOW else None


def _page(
    conn: Connection, wanted: Wanted, few: list[int] | None, parameters: dict[str, Any]
) -> Found:
    if wanted.subject is not None or wanted.ids is not None:
        pieces = [_Piece(_ids(conn, _NAMED, parameters))]
    else:
        pieces = [_live(conn, few, parameters), _ended(conn, parameters)]
    floor = max((piece.floor for piece in pieces if piece.floor is not None), default=None)
    # Below the floor only one of the tables has been looked at. A job that has just ended may be
    # in both.
    ids = sorted({i for piece in pieces for i in piece.ids if i >= (floor or 0)}, reverse=True)
    limit = parameters["limit"] - 1
    return Found(ids[:limit], ids[limit - 1] if len(ids) > limit else floor)


def _parameters(wanted: Wanted, before: int | None, limit: int) -> dict[str, Any]:
    states = wanted.states
    parts = set() if states is None else _OVER & states
    # The dead letter is a table of its own; the other two share the history.
    parts |= {"completed", "cancelled"} if parts - {"buried"} else set()
    return {
        "queue": wanted.queue,
        "tenant": wanted.tenant,
        "subject": wanted.subject,
        "ids": None if wanted.ids is None else list(wanted.ids),
        "states": None if states is None else list(states),
        "live_states": list((_DELAYED | _RUNNING) & (states or _DELAYED | _RUNNING)),
        "ended_states": list(_OVER if states is None else _OVER & states),
        "parts": list(_OVER if states is None else parts),
        "before": before,
        "limit": limit + 1,
        "window": WINDOW,
    }


def _live(conn: Connection, few: list[int] | None, parameters: dict[str, Any]) -> _Piece:
    if not parameters["live_states"]:
        return _Piece([])
    if few is None:
        return _by_id(conn, _LIVE_BY_ID, parameters)
    before = parameters["before"]
    left = few if before is None else [job_id for job_id in few if job_id < before]
    return _Piece(left[: parameters["limit"]])


def _ended(conn: Connection, parameters: dict[str, Any]) -> _Piece:
    if not parameters["ended_states"]:
        return _Piece([])
    statement = _ALL_ENDED if parameters["tenant"] is None else _OF_TENANT_ENDED
    return _by_id(conn, statement, parameters)


def _ids(conn: Connection, statement: str, parameters: dict[str, Any]) -> list[int]:
    return [int(row[0]) for row in conn.execute(statement, parameters)]


def _by_id(conn: Connection, statement: str, parameters: dict[str, Any]) -> _Piece:
    row = conn.execute(statement, parameters).fetchone()
    return _Piece([]) if row is None else _Piece(row[0], row[1])
