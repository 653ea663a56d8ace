"""Views by their annotations: queries and bodies validated, answers wrapped, all described."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast, get_args

from flask import Response, request
from pydantic import BaseModel
from werkzeug.http import generate_etag

from shared.http.validate import body_as, query_as
from shared.http.written import Written

_MARK = "__sluice_operation__"


@dataclass(frozen=True)
class Operation:
    """What is known of a view: enough to bind its arguments and to describe it."""

    summary: str
    status: int
    answer: type[BaseModel] | None
    media: tuple[str, ...]
    query: type[BaseModel] | None
    bodies: Mapping[str, type[BaseModel]]
    problems: tuple[int, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    later: type[BaseModel] | None = None


def typed(
    *,
    status: int = 200,
    problems: tuple[int, ...] = (),
    media: tuple[str, ...] = (),
    bodies: Mapping[str, type[BaseModel]] | None = None,
    headers: Mapping[str, str] | None = None,
    later: type[BaseModel] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Let a view take `query` and `body` models by annotation, and return one.

    A model, or one that is Written, is answered as `{"success": true, "data": …}` with `status`,
    and with an ETag on GET. A view that returns a Response answers with that, and names its
    `media` types. `bodies` describes bodies that the view reads by itself, `headers` request
    headers that it looks at, `problems` the statuses that it may fail with besides the common
    ones. `later` is the model that is answered with 202 instead, when the answer has to be worked
    out first.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        signature = inspect.signature(view, eval_str=True)
        query = _model(signature, "query")
        body = _model(signature, "body")
        operation = Operation(
            summary=(inspect.getdoc(view) or "").split("\n", 1)[0],
            status=status,
            answer=_answer(signature.return_annotation, later),
            media=media,
            query=query,
            bodies=bodies or ({"application/json": body} if body else {}),
            problems=problems,
            headers=headers or {},
            later=later,
        )

        @functools.wraps(view)
        def wrapper(**arguments: object) -> Response:
            if query:
                arguments["query"] = query_as(query)
            if body:
                arguments["body"] = body_as(body)
            answer = view(**arguments)
            return _respond(answer, 202 if later and isinstance(answer, later) else status)

        setattr(wrapper, _MARK, operation)
        return wrapper

    return decorate


def operation_of(view: object) -> Operation | None:
    """Return what `typed` knows of a view, None when it was not decorated."""
    return getattr(view, _MARK, None)


def _answer(returns: Any, later: type[BaseModel] | None) -> type[BaseModel] | None:  # noqa: ANN401
    """Return the model that a view returns, by itself or among others."""
    models = (
        each
        for each in get_args(returns) or (returns,)
        if inspect.isclass(each) and issubclass(each, BaseModel) and each is not later
    )
    return next(models, None)


def _model(signature: inspect.Signature, name: str) -> type[BaseModel] | None:
    parameter = signature.parameters.get(name)
    return cast("type[BaseModel]", parameter.annotation) if parameter else None


def _respond(answer: object, status: int) -> Response:
    if isinstance(answer, Response):
        return answer
    assert isinstance(answer, BaseModel | Written)  # noqa: S101 - the annotation says so
    data = answer.json if isinstance(answer, Written) else answer.model_dump_json(by_alias=True)
    body = f'{{"success":true,"data":{data}}}'.encode()
    if request.method == "GET":
        response = _unless_known(body, status)
    else:
        response = Response(body, status=status, content_type="application/json")
    location = getattr(answer, "status_url", None)
    if location and status in (201, 202):
        response.headers["Location"] = location
    return response


def _unless_known(body: bytes, status: int) -> Response:
    """Answer that nothing has changed to who names the body's tag.

    Not by make_conditional, which takes as long as a look into the database: JSON has neither
    ranges nor dates to compare.
    """
    tag = generate_etag(body)
    if request.if_none_match.contains_weak(tag):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Type"]
    else:
        response = Response(body, status=status, content_type="application/json")
    response.set_etag(tag)
    return response
