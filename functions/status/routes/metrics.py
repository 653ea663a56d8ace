"""What Prometheus scrapes, for operators."""

from __future__ import annotations

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST

from functions.status.metrics import exposition
from functions.status.scope import for_operators
from functions.status.settings import settings
from shared.db import transaction
from shared.http.typed import typed

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
@typed(problems=(403,), media=("text/plain",))
def metrics() -> Response:
    """Tell the state of all queues in Prometheus' text format."""
    for_operators()
    with transaction(settings().database) as conn:
        return Response(exposition(conn), content_type=CONTENT_TYPE_LATEST)
