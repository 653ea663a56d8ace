"""Tell the worker that there is work. Nothing here raises, whatever becomes of the nudge."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache

import psycopg

from shared.db import transaction
from shared.nudge.by_http import ByHttp
from shared.nudge.by_scheduler import ByScheduler
from shared.nudge.messenger import Messenger
from shared.nudge.settings import NudgeSettings
from shared.nudge.way import Way
from shared.queue.chain import may_chain
from shared.queue.drains import live

_LOG = logging.getLogger("sluice.nudge")
_REQUEST_PATIENCE_SECONDS = 0.01
"""Plenty for a write to a connection that is there; with what the machine adds, 20 ms."""
_DRAIN_PATIENCE_SECONDS = 3.0
"""At its end a drain has time, and on Cloud Run it gets no CPU afterwards."""

_starting = threading.Lock()


def get_ready(settings: NudgeSettings) -> None:
    """Say that a nudge is likely to follow soon; returns at once."""
    if settings.nudge != "none":
        _messenger(settings).get_ready()


def nudge(settings: NudgeSettings) -> None:
    """Wake the worker, unless WORKER_MAX_DRAINS are live already. Call it after the commit.

    Takes at most 20 ms: a nudge that is not on its way by then goes on in the background.
    """
    if settings.nudge != "none":
        _messenger(settings).ask(patience=_REQUEST_PATIENCE_SECONDS)


def chain(settings: NudgeSettings, *, left: int) -> bool:
    """Ask for another drain when jobs are `left`; True when it was this caller's turn to.

    For drains: see shared.queue.chain for when they may. A drain that ends calls it when it has
    left the register and its process is free for another.
    """
    if settings.nudge == "none" or left <= 0:
        return False
    try:
        with transaction(settings.database) as conn:
            allowed = may_chain(conn, most=settings.worker_max_drains)
    except psycopg.OperationalError as error:
        _LOG.warning("No other drain was asked for; the next tick starts one. %s", error)
        return False
    if allowed:
        _messenger(settings).ask(patience=_DRAIN_PATIENCE_SECONDS)
    return allowed


def _messenger(settings: NudgeSettings) -> Messenger:
    with _starting:
        return _only_messenger(settings)


@lru_cache(maxsize=1)
def _only_messenger(settings: NudgeSettings) -> Messenger:
    def wanted() -> bool:
        # Looked at after the job's commit. A drain that is live now claims once more after it has
        # left the register, and then sees the job.
        with transaction(settings.database) as conn:
            return live(conn) < settings.worker_max_drains

    return Messenger(_way(settings), wanted)


def _way(settings: NudgeSettings) -> Way:
    if settings.nudge == "scheduler":
        assert settings.nudge_scheduler_job is not None  # noqa: S101 - the settings see to it
        return ByScheduler(settings.nudge_scheduler_api, settings.nudge_scheduler_job)
    assert settings.worker_url is not None  # noqa: S101 - the settings see to it
    return ByHttp(settings.worker_url, settings.worker_token_file)
