"""Faults as problem+json (RFC 9457): one sentence for the reader, nothing about our insides."""

from __future__ import annotations

import logging
from http import HTTPStatus

import psycopg
from flask import Response, g, json, request
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed as RouteLacksMethod
from werkzeug.exceptions import NotFound as RouteMissing

from shared.errors import (
    BadRequest,
    MethodNotAllowed,
    NotFound,
    RequestError,
    TooMany,
    Unauthorized,
    Unavailable,
)
from shared.storage import is_of_the_bucket

_LOG = logging.getLogger("sluice.http")


def to_problem(error: Exception) -> Response:
    """Turn whatever a view raised into the answer."""
    known = _as_request_error(error)
    if known is None:
        _LOG.error("Unexpected fault in request %s", g.request_id, exc_info=error)
        return _problem(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "Internal server error",
            "Something went wrong on our side. Try again, and if it stays, report the request id "
            f"{g.request_id}.",
        )
    if isinstance(known, Unavailable):
        _LOG.warning("Request %s could not be served", g.request_id, exc_info=error)
    response = _problem(known.status, known.title, known.detail, **known.details)
    if isinstance(known, Unauthorized):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(known, TooMany):
        response.headers["Retry-After"] = str(known.retry_after)
    return response


def _as_request_error(error: Exception) -> RequestError | None:
    match error:
        case RequestError():
            return error
        case psycopg.OperationalError():
            return Unavailable("The database does not answer just now. Try again in a few seconds.")
        case HTTPException():
            return _of_the_protocol(error)
        case _ if is_of_the_bucket(error):
            return Unavailable("The storage does not answer just now. Try again in a few seconds.")
        case _:
            return None


def _of_the_protocol(error: HTTPException) -> RequestError:
    if isinstance(error, RouteMissing):
        return NotFound(f"There is nothing at {request.path}; /openapi.json lists what there is.")
    if isinstance(error, RouteLacksMethod):
        allowed = sorted(set(error.valid_methods or ()) - {"HEAD", "OPTIONS"})
        return MethodNotAllowed(
            f"{request.method} is not possible at {request.path}: use {' or '.join(allowed)}.",
            allowed=allowed,
        )
    return BadRequest(error.description or error.name)


def _problem(status: int, title: str, detail: str, **details: object) -> Response:
    document = {
        "type": "about:blank",
        "title": title,
        "status": int(status),
        "detail": detail,
        **details,
        "success": False,
        "error": detail,
    }
    response = Response(json.dumps(document), status=int(status))
    response.content_type = "application/problem+json"
    allowed = details.get("allowed")
    if isinstance(allowed, list):
        response.headers["Allow"] = ", ".join(allowed)
    return response
