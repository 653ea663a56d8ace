"""What a request carries, as models; faults in it are the caller's."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from shared.errors import TooLarge, Unprocessable

M = TypeVar("M", bound=BaseModel)

_MOST_BYTES = 1 << 20
"""Of JSON: actions and lists of ids; files come another way."""
_DEEPEST = 64
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def body_as(model: type[M]) -> M:
    """Return the JSON body; raises Unprocessable, which says what is wrong where, or TooLarge."""
    body = _body()
    if _depth(body) > _DEEPEST:
        raise Unprocessable(f"The JSON is nested more than {_DEEPEST} levels deep, the limit.")
    try:
        return _storable(model.model_validate_json(body))
    except ValidationError as error:
        raise _unprocessable(error) from error


def query_as(model: type[M]) -> M:
    """Return the query parameters; raises Unprocessable, which says what is wrong where."""
    # Asked of the text: to write the model as JSON for this would cost more than to read it.
    if any("\0" in given for _, given in request.args.items(multi=True)):
        raise _not_storable()
    return _valid(model, _query_values(model))


def values_as(model: type[M], values: object) -> M:
    """Return what was sent in some other way; raises Unprocessable, which says what is wrong."""
    return _storable(_valid(model, values))


def _body() -> bytes:
    body = bytearray()
    while chunk := request.stream.read(_MOST_BYTES + 1 - len(body)):
        body += chunk
    if len(body) > _MOST_BYTES:
        raise TooLarge("The JSON is larger than 1 MiB, the limit.", limitBytes=_MOST_BYTES)
    return bytes(body)


def _depth(json: bytes) -> int:
    depth = deepest = 0
    for found in _BRACKETS.finditer(json):
        bracket = found[0]
        if bracket in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in b"]}":
            depth -= 1
    return deepest


def _valid(model: type[M], values: object) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _unprocessable(error) from error


def _query_values(model: type[BaseModel]) -> dict[str, object]:
    """Return every value of a list field, and the last value of any other."""
    values: dict[str, object] = {name: given[-1] for name, given in request.args.lists()}
    for name in _list_fields(model) & values.keys():
        values[name] = request.args.getlist(name)
    return values


@cache
def _list_fields(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(
        info.alias or name
        for name, info in model.model_fields.items()
        if "list" in str(info.annotation)
    )


def _storable(found: M) -> M:
    """Refuse what the database cannot hold, however deep inside it stands."""
    if _NUL.search(found.model_dump_json()):
        raise _not_storable()
    return found


def _not_storable() -> Unprocessable:
    return Unprocessable("The character U+0000 cannot be stored: send the text without it.")


def _unprocessable(error: ValidationError) -> Unprocessable:
    faults = [
        {
            "field": ".".join(str(part) for part in fault["loc"]),
            "reason": fault["msg"].removeprefix("Value error, "),
        }
        for fault in error.errors()
    ]
    sentence = "; ".join(f"{fault['field'] or 'body'}: {fault['reason']}" for fault in faults)
    return Unprocessable(f"Some values cannot be used: {sentence}.", faults=faults)
