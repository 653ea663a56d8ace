"""How a file is to be read, said in the fields of a form."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from shared.clean.options import ParseOptions
from shared.errors import Unprocessable
from shared.http.validate import values_as

FIELDS = frozenset(
    (*(field.alias or name for name, field in ParseOptions.model_fields.items()), "options")
)
"""All that a form may hold besides its file."""

_REPEATED = ("asText", "key")
_JSON = ("options", "types")


def options_in(fields: Iterable[tuple[str, str]]) -> ParseOptions:
    """Return the options; `options` holds any of them as JSON, the other fields hold one each.

    Raises Unprocessable, which says what is wrong where.
    """
    given: dict[str, Any] = {}
    for name, text in fields:
        if name == "options":
            given |= _mapping(name, text)
        elif name in _REPEATED:
            given[name] = [*given.get(name, ()), text]
        else:
            given[name] = _mapping(name, text) if name in _JSON else _value(name, text)
    return values_as(ParseOptions, given)


def _value(name: str, text: str) -> object:
    """Return a field's text; header rows may be several: 2,3."""
    if name != "headerRow" or "," not in text:
        return text
    return [part.strip() for part in text.strip("[] ").split(",")]


def _mapping(name: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unprocessable(f"The field '{name}' must be a JSON object: {error}.") from error
    if not isinstance(found, dict):
        raise Unprocessable(f"The field '{name}' must be a JSON object.")
    return found
