"""What a request carries, as models; faults in it are the caller's."""

from __future__ import annotations

from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from shared.errors import Unprocessable

M = TypeVar("M", bound=BaseModel)


def body_as(model: type[M]) -> M:
    """Return the JSON body; raises Unprocessable, which says what is wrong where."""
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        raise _unprocessable(error) from error


def query_as(model: type[M]) -> M:
    """Return the query parameters; raises Unprocessable, which says what is wrong where."""
    try:
        return model.model_validate(_query_values(model))
    except ValidationError as error:
        raise _unprocessable(error) from error


def _query_values(model: type[BaseModel]) -> dict[str, object]:
    """Return every value of a list field, and the last value of any other."""
    values: dict[str, object] = {name: given[-1] for name, given in request.args.lists()}
    for name, info in model.model_fields.items():
        alias = info.alias or name
        if alias in values and "list" in str(info.annotation):
            values[alias] = request.args.getlist(alias)
    return values


def _unprocessable(error: ValidationError) -> Unprocessable:
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"]), "reason": fault["msg"]}
        for fault in error.errors()
    ]
    sentence = "; ".join(f"{fault['field'] or 'body'}: {fault['reason']}" for fault in faults)
    return Unprocessable(f"Some values cannot be used: {sentence}.", faults=faults)
