"""Jobs by the clock: exactly one enqueue per tick, however many drains look at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.errors import DuplicateJob, InvalidSchedule
from shared.queue.enqueue import enqueue
from shared.queue.payload import AnyPayload, StoredPayload

Missed = Literal["once", "each", "skip"]
"""What to do about ticks that nobody was there for: one job for all, one for each, or none."""

_MOST_AT_ONCE = 1000
"""Ticks that `each` makes up for in one go; the rest follow with the next look."""
_LATE = 60.0
"""Seconds after which a tick counts as missed."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A cron line and what it enqueues."""

    name: str
    cron: str
    time_zone: str
    missed: Missed
    queue: str
    tenant: str
    payload: dict[str, Any]
    version: int
    paused: bool
    next_at: datetime
    alone: bool
    """Whether a tick enqueues nothing while the job of an earlier one waits or runs."""


_PUT = """
insert into queue.schedule (name, cron, time_zone, missed, queue, tenant, payload, version, alone,
                            next_at)
values (%(name)s, %(cron)s, %(time_zone)s, %(missed)s, %(queue)s, %(tenant)s, %(payload)s,
        %(version)s, %(alone)s, %(next_at)s)
on conflict (name) do update
   set missed = excluded.missed, queue = excluded.queue, tenant = excluded.tenant,
       payload = excluded.payload, version = excluded.version, alone = excluded.alone,
       cron = excluded.cron, time_zone = excluded.time_zone,
       next_at = case when (schedule.cron, schedule.time_zone)
                            = (excluded.cron, excluded.time_zone)
                      then schedule.next_at else excluded.next_at end
 where not %(if_absent)s
returning name
"""

_ALL = "select * from queue.schedule order by name"

_DUE = """
select * from queue.schedule where not paused and next_at <= %(now)s
 order by name for update skip locked
"""

# The old time is the fence: of two drains that look at once, one moves the hand.
_MOVE = """
update queue.schedule set next_at = %(next_at)s where name = %(name)s and next_at = %(was)s
returning name
"""

_PAUSE = "update queue.schedule set paused = %s where name = %s returning name"


def put_schedule(
    conn: Connection,
    name: str,
    cron: str,
    payload: AnyPayload,
    *,
    tenant: str,
    now: datetime,
    time_zone: str = "UTC",
    missed: Missed = "once",
    alone: bool = False,
    if_absent: bool = False,
) -> bool:
    """Create or change a schedule; False where it is there already and `if_absent` leaves it so.

    An unchanged cron line keeps its next tick. With `alone`, a tick enqueues nothing while the job
    of an earlier one waits or runs. Raises InvalidSchedule for a cron line or a time zone that is
    none.
    """
    stored = StoredPayload.of(payload)
    parameters = {
        "name": name,
        "cron": cron,
        "time_zone": time_zone,
        "missed": missed,
        "queue": stored.queue,
        "tenant": tenant,
        "payload": Jsonb(stored.data),
        "version": stored.version,
        "alone": alone,
        "next_at": _tick_after(cron, time_zone, now),
        "if_absent": if_absent,
    }
    return conn.execute(_PUT, parameters).fetchone() is not None


def schedules(conn: Connection) -> list[Schedule]:
    """Return all schedules, by name."""
    with conn.cursor(row_factory=class_row(Schedule)) as cursor:
        return cursor.execute(_ALL).fetchall()


def pause_schedule(conn: Connection, name: str, *, paused: bool) -> bool:
    """Pause or resume a schedule; False when there is none of that name."""
    return conn.execute(_PAUSE, [paused, name]).fetchone() is not None


def run_schedules(conn: Connection, now: datetime) -> list[int]:
    """Enqueue what is due at `now`, in the caller's transaction; return the jobs' ids."""
    with conn.cursor(row_factory=class_row(Schedule)) as cursor:
        due = cursor.execute(_DUE, {"now": now}).fetchall()
    return [job_id for schedule in due for job_id in _run(conn, schedule, now)]


def _run(conn: Connection, schedule: Schedule, now: datetime) -> list[int]:
    ticks, next_at = _ticks(schedule, now)
    moved = conn.execute(
        _MOVE, {"name": schedule.name, "was": schedule.next_at, "next_at": next_at}
    ).fetchone()
    if moved is None:
        return []
    payload = StoredPayload(schedule.queue, schedule.version, schedule.payload)
    if schedule.alone:
        return _enqueue_alone(conn, schedule, payload) if ticks else []
    return [enqueue(conn, payload, tenant=schedule.tenant) for _ in ticks]


def _enqueue_alone(conn: Connection, schedule: Schedule, payload: StoredPayload) -> list[int]:
    key = f"schedule {schedule.name}"
    try:
        return [
            enqueue(conn, payload, tenant=schedule.tenant, unique_key=key, refuse_duplicate=True)
        ]
    except DuplicateJob:
        return []


def _ticks(schedule: Schedule, now: datetime) -> tuple[list[datetime], datetime]:
    """Return the ticks to enqueue for, and the first one that is still to come."""
    reached = [schedule.next_at]
    while len(reached) <= _MOST_AT_ONCE:
        following = _tick_after(schedule.cron, schedule.time_zone, reached[-1])
        if following > now:
            break
        reached.append(following)
    else:
        if schedule.missed == "each":
            return reached[:-1], reached[-1]
        following = _tick_after(schedule.cron, schedule.time_zone, now)
    match schedule.missed:
        case "each":
            return reached, following
        case "once":
            return reached[:1], following
        case "skip":
            fresh = [tick for tick in reached if (now - tick).total_seconds() < _LATE]
            return fresh[-1:], following


def _tick_after(cron: str, time_zone: str, moment: datetime) -> datetime:
    try:
        local = moment.astimezone(ZoneInfo(time_zone))
        return next(CronSim(cron, local)).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidSchedule(
            f"{time_zone!r} is no time zone: use a name like Asia/Shanghai."
        ) from error
    except (CronSimError, StopIteration) as error:
        raise InvalidSchedule(f"{cron!r} is no cron line that ever ticks: {error}") from error
