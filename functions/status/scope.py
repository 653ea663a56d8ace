"""Whose jobs a request is about, and whether the caller may ask that."""

from __future__ import annotations

from typing import Protocol

from psycopg import Connection

from functions.status.settings import settings
from shared.errors import InvalidQueueName, NotFound
from shared.http.identity import current_owner
from shared.http.operator import is_operator, require_operator
from shared.queue.name import queue_name
from shared.queue.policy import Policy, policy_of


class Scoped(Protocol):
    """What a request says about whose jobs it means."""

    @property
    def tenant(self) -> str | None:
        """Whose: the caller's own by default."""

    @property
    def all(self) -> bool:
        """Everybody's."""


def tenant_meant(asked: Scoped) -> str | None:
    """Return whose jobs are meant, None for everybody's; raises Forbidden where it is not one's."""
    own = current_owner()
    tenant = asked.tenant if asked.all else asked.tenant or own
    if tenant != own:
        require_operator(settings().all_operators)
    return tenant


def may_see(tenant: str) -> bool:
    """Say whether what is this tenant's is the caller's or, being an operator, any of theirs."""
    return tenant == current_owner() or asks_as_operator()


def asks_as_operator() -> bool:
    """Say whether the caller is an operator."""
    return is_operator(settings().all_operators)


def for_operators() -> None:
    """Raise Forbidden for everybody else."""
    require_operator(settings().all_operators)


def known_queue(conn: Connection, name: str) -> Policy:
    """Return the queue's policy; raises NotFound, with the rule where the name breaks it."""
    try:
        policy = policy_of(conn, queue_name(name))
    except InvalidQueueName as error:
        raise NotFound(str(error)) from error
    if policy is None:
        raise NotFound(f"There is no queue {name!r}: a queue begins with its first job.")
    return policy
