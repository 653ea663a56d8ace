"""What a person says of a field, checked: it has to fit the field's type and the text."""

from __future__ import annotations

from functions.status.extractions.models import Resolve, Span
from shared.errors import Unprocessable
from shared.extraction.template import FieldType, TemplateField
from shared.extraction.values import exact

_WANTED: dict[FieldType, str] = {
    "text": "any text that is not empty",
    "number": "a number such as 72.5",
    "date": "a date such as 2024-03-05",
    "boolean": "true or false",
    "choice": "one of its choices",
}


def value_of(said: Resolve, field: TemplateField) -> str | None:
    """Return the value in its one form, None where there is none. Raises Unprocessable.

    What a text denies is a yes or no that is no, as it is where models say so.
    """
    if said.found == "found":
        return _found(said.value, field)
    denied = said.found == "absent" and field.type == "boolean"
    if denied and (said.value is None or exact(said.value, field) == "false"):
        return "false"
    if said.value is not None:
        raise Unprocessable(
            f"What is {said.found} has no value: leave 'value' out or, if the text states "
            f'{said.value!r}, send "found": "found" with it.'
        )
    return None


def _found(value: str | None, field: TemplateField) -> str:
    found = None if value is None else exact(value, field)
    if found is not None:
        return found
    wanted = _WANTED[field.type]
    if field.type == "choice":
        wanted = f"{wanted}: {', '.join(field.choices)}"
    elif field.unit:
        wanted = f"{wanted}, in {field.unit}"
    given = "without a 'value'" if value is None else f"not {value!r}"
    raise Unprocessable(
        f"What is found in the field {field.name!r} is {wanted}, {given}. Send that or, without a "
        'value, "found": "absent" (the text denies it) or "missing" (the text does not say).'
    )


def check_span(span: Span | None, text: str) -> None:
    """Raise Unprocessable for a span that is not of the text's own characters."""
    if span is not None and not span.start < span.end <= len(text):
        raise Unprocessable(
            f"The span {span.start} to {span.end} is not in the text, which has {len(text)} "
            "characters: start comes before end, and both count from 0."
        )
