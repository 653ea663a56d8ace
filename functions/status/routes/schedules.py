"""Schedules, for operators: show, pause, resume."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint

from functions.status.models.schedules import Schedule, ScheduleList
from functions.status.scope import for_operators
from functions.status.settings import settings
from shared.db import transaction
from shared.errors import NotFound
from shared.http.typed import typed
from shared.queue import schedule

blueprint = Blueprint("schedules", __name__, url_prefix="/api/v1/schedules")


@blueprint.get("")
@typed(problems=(403,))
def list_schedules() -> ScheduleList:
    """List all schedules."""
    for_operators()
    with transaction(settings().database) as conn:
        return ScheduleList(schedules=[_shown(found) for found in schedule.schedules(conn)])


@blueprint.post("/<name>/pause")
@typed(problems=(403, 404))
def pause_schedule(name: str) -> Schedule:
    """Let a schedule enqueue nothing until it is resumed."""
    return _set_paused(name, paused=True)


@blueprint.post("/<name>/resume")
@typed(problems=(403, 404))
def resume_schedule(name: str) -> Schedule:
    """Let a schedule go on; its policy says what becomes of the ticks it has missed."""
    return _set_paused(name, paused=False)


def _set_paused(name: str, *, paused: bool) -> Schedule:
    for_operators()
    with transaction(settings().database) as conn:
        if not (name.isprintable() and schedule.pause_schedule(conn, name, paused=paused)):
            raise NotFound(f"There is no schedule {name!r}.")
        return next(_shown(found) for found in schedule.schedules(conn) if found.name == name)


def _shown(found: schedule.Schedule) -> Schedule:
    fields = asdict(found)
    return Schedule(**{name: fields[name] for name in Schedule.model_fields})
