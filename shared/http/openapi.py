"""Describe functions as one OpenAPI 3.1 document, from their typed views.

    python -m shared.http.openapi MODULE…  > shared/http/openapi.json

Each MODULE has an `app`. The document is written when routes change, not when one is asked for it,
because no function may import another.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from http import HTTPStatus
from typing import Any

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from shared.http.typed import Operation, operation_of

_CONVERTERS = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer", "minimum": 0},
    "default": {"type": "string"},
}
_ARGUMENT = re.compile(r"<(?:(?P<converter>\w+)[^:>]*:)?(?P<name>\w+)>")
_ALWAYS = (400, 401, 403, 500, 503)
_SCHEMA_AT = "#/components/schemas/{model}"


def document(apps: list[Flask]) -> dict[str, Any]:
    """Return the OpenAPI document of all typed views."""
    views = [(app, rule, found) for app in apps for rule, found in _typed_views(app)]
    models = {model for _, _, operation in views for model in _models(operation)}
    schemas, definitions = models_json_schema(
        [(model, _mode(model, views)) for model in sorted(models, key=lambda m: m.__name__)],
        by_alias=True,
        ref_template=_SCHEMA_AT,
    )
    references: dict[Any, Any] = {model: schema for (model, _), schema in schemas.items()}
    paths: dict[str, Any] = {}
    for app, rule, operation in views:
        path = paths.setdefault(_ARGUMENT.sub(r"{\g<name>}", rule.rule), {})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path[method.lower()] = _described(app, rule, operation, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sluice",
            "version": "1",
            "description": "Upload a spreadsheet, follow the work on it, read what it holds.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {**definitions.get("$defs", {}), "Problem": _PROBLEM}},
    }


def _typed_views(app: Flask) -> list[tuple[Rule, Operation]]:
    found = (
        (rule, operation_of(app.view_functions[rule.endpoint])) for rule in app.url_map.iter_rules()
    )
    return [(rule, operation) for rule, operation in found if operation is not None]


def _models(operation: Operation) -> list[type[BaseModel]]:
    return [
        model
        for model in (
            operation.answer,
            operation.later,
            operation.query,
            *operation.bodies.values(),
        )
        if model is not None
    ]


def _mode(model: type[BaseModel], views: list[tuple[Flask, Rule, Operation]]) -> Any:  # noqa: ANN401
    answered = any(model in (operation.answer, operation.later) for _, _, operation in views)
    return "serialization" if answered else "validation"


def _described(
    app: Flask, rule: Rule, operation: Operation, references: dict[Any, Any]
) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": rule.endpoint,
        "summary": operation.summary,
        "tags": [app.name],
        "parameters": [
            *_path_parameters(rule),
            *_query_parameters(operation),
            *_header_parameters(operation),
        ],
        "responses": {**_success(operation, references), **_failures(operation)},
    }
    if operation.bodies:
        content = {media: {"schema": references[body]} for media, body in operation.bodies.items()}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _path_parameters(rule: Rule) -> list[dict[str, Any]]:
    return [
        {
            "name": match["name"],
            "in": "path",
            "required": True,
            "schema": _CONVERTERS[match["converter"] or "default"],
        }
        for match in _ARGUMENT.finditer(rule.rule)
    ]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    schema = operation.query.model_json_schema(by_alias=True, ref_template=_SCHEMA_AT)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": field}
        for name, field in schema["properties"].items()
    ]


def _header_parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "header", "description": text, "schema": {"type": "string"}}
        for name, text in operation.headers.items()
    ]


def _success(operation: Operation, references: dict[Any, Any]) -> dict[str, Any]:
    response: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    if operation.answer is not None:
        response["content"] = _enveloped(references[operation.answer])
    elif operation.media:
        response["content"] = {media: {} for media in operation.media}
    responses = {str(operation.status): response}
    if operation.later is not None:
        content = _enveloped(references[operation.later])
        responses["202"] = {"description": HTTPStatus.ACCEPTED.phrase, "content": content}
    return responses


def _enveloped(data: Any) -> dict[str, Any]:  # noqa: ANN401
    envelope = {
        "type": "object",
        "required": ["success", "data"],
        "properties": {"success": {"const": True}, "data": data},
    }
    return {"application/json": {"schema": envelope}}


def _failures(operation: Operation) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {"description": HTTPStatus(status).phrase, "content": content}
        for status in sorted(
            {*_ALWAYS, *operation.problems, *((422,) if _validates(operation) else ())}
        )
    }


def _validates(operation: Operation) -> bool:
    return bool(operation.query or operation.bodies)


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457, with `success` and `error` for clients that look for those.",
    "required": ["type", "title", "status", "detail", "success", "error"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence that says what to do."},
        "success": {"const": False},
        "error": {"type": "string", "description": "The same sentence."},
    },
}


def _main(modules: list[str]) -> None:
    described = document([importlib.import_module(module).app for module in modules])
    print(json.dumps(described, indent=2, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    _main(sys.argv[1:])
