"""The queues, for operators: what goes on in them, and their policies."""

from __future__ import annotations

from flask import Blueprint
from psycopg import Connection

from functions.status.models.queues import PolicyChange, Queue, QueueList, QueuePace
from functions.status.scope import for_operators, known_queue
from functions.status.settings import settings
from shared.db import transaction
from shared.errors import Unprocessable
from shared.http.typed import typed
from shared.nudge.nudge import nudge
from shared.queue.overview import Load, loads
from shared.queue.pace import pace_of
from shared.queue.policy import Policy, change_policy, policies

blueprint = Blueprint("queues", __name__, url_prefix="/api/v1/queues")


@blueprint.get("")
@typed(problems=(403,))
def list_queues() -> QueueList:
    """List all queues, with what goes on in them."""
    for_operators()
    with transaction(settings().database) as conn:
        found = policies(conn)
        load = loads(conn, [policy.queue for policy in found])
        return QueueList(queues=[_queue(conn, policy, load[policy.queue]) for policy in found])


@blueprint.get("/<name>")
@typed(problems=(403, 404))
def read_queue(name: str) -> Queue:
    """Tell a queue's policy and what goes on in it."""
    for_operators()
    with transaction(settings().database) as conn:
        return _read(conn, name)


@blueprint.patch("/<name>")
@typed(problems=(403, 404))
def change_queue(name: str, body: PolicyChange) -> Queue:
    """Change a queue's policy; workers follow with their next claim."""
    for_operators()
    with transaction(settings().database) as conn:
        known_queue(conn, name)
        changed = change_policy(conn, name, lift=body.lifted, **body.changes)
        if changed.backoff_cap < changed.backoff_base:
            raise Unprocessable("backoffCapSeconds must not be below backoffBaseSeconds.")
        return _read(conn, name)


@blueprint.post("/<name>/pause")
@typed(problems=(403, 404))
def pause_queue(name: str) -> Queue:
    """Let no more of a queue's jobs start; those that run go on."""
    return _set_paused(name, paused=True)


@blueprint.post("/<name>/resume")
@typed(problems=(403, 404))
def resume_queue(name: str) -> Queue:
    """Let a queue's jobs start again."""
    resumed = _set_paused(name, paused=False)
    if resumed.waiting:
        nudge(settings())
    return resumed


def _set_paused(name: str, *, paused: bool) -> Queue:
    for_operators()
    with transaction(settings().database) as conn:
        known_queue(conn, name)
        change_policy(conn, name, paused=paused)
        return _read(conn, name)


def _read(conn: Connection, name: str) -> Queue:
    return _queue(conn, known_queue(conn, name), loads(conn, [name])[name])


def _queue(conn: Connection, policy: Policy, load: Load) -> Queue:
    pace = pace_of(conn, policy.queue)
    return Queue(
        queue=policy.queue,
        paused=policy.paused,
        lease_seconds=policy.lease.total_seconds(),
        max_attempts=policy.max_attempts,
        backoff_base_seconds=policy.backoff_base.total_seconds(),
        backoff_cap_seconds=policy.backoff_cap.total_seconds(),
        max_running=policy.max_running,
        max_running_per_tenant=policy.max_running_per_tenant,
        rate=policy.rate,
        rate_period_seconds=policy.rate_period.total_seconds(),
        keep_seconds=policy.keep.total_seconds(),
        waiting=load.waiting,
        delayed=load.delayed,
        running=load.running,
        oldest_waiting_seconds=None if load.oldest is None else load.oldest.total_seconds(),
        dead_letters=load.dead_letters,
        completed_last_minute=load.completed_last_minute,
        completed_last_hour=load.completed_last_hour,
        pace=None if pace is None else QueuePace.model_validate(pace),
    )
