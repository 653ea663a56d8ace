"""Who is asking."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from flask import Flask, g, request

from shared.auth.caller import Caller
from shared.auth.sign_in import SignIn
from shared.db import act_for

_OPEN = frozenset({"/health/live", "/health/ready", "/openapi.json"})
"""For anybody: nothing here is anybody's."""


def ask_who_calls(app: Flask, way: Callable[[], SignIn]) -> None:
    """Let nobody in who does not say who they are, whatever they ask for."""
    known_way = lru_cache(maxsize=1)(way)

    @app.before_request
    def identify() -> None:
        act_for("")  # the thread may have served somebody else before
        if request.path not in _OPEN:
            g.caller = known_way()(request.headers)
            act_for(g.caller.owner)


def current_user() -> str:
    """Return the caller's name."""
    return _caller().user


def current_owner() -> str:
    """Return who owns what the caller starts, and whose records they see: themselves or a team."""
    return _caller().owner


def _caller() -> Caller:
    return cast("Caller", g.caller)
