"""Keeps a drain in the register of those that are at work."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg

from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.queue import drains

_LOG = logging.getLogger("sluice.worker")

_EVERY_SECONDS = drains.DEAD_AFTER.total_seconds() / 5


@contextmanager
def registered(settings: WorkerSettings, *, budget: float) -> Iterator[int]:
    """Register a drain of so many seconds for the length of the block; give its number.

    A thread renews it, since a slot may be busy with one job all the time. Raises
    psycopg.OperationalError.
    """
    with transaction(settings.database) as conn:
        drain = drains.enter(conn, timedelta(seconds=budget))
    over = threading.Event()
    renewing = threading.Thread(target=_renew, args=(settings, drain, over), daemon=True)
    renewing.start()
    try:
        yield drain
    finally:
        over.set()
        renewing.join()
        with transaction(settings.database) as conn:
            drains.leave(conn, drain)


def _renew(settings: WorkerSettings, drain: int, over: threading.Event) -> None:
    while not over.wait(_EVERY_SECONDS):
        try:
            with transaction(settings.database) as conn:
                drains.renew(conn, drain)
        except psycopg.OperationalError:
            _LOG.warning("Drain %s could not be renewed in the register", drain, exc_info=True)
