"""A hosted language model that takes values out of texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from functions.worker.extraction.chunks import chunks
from functions.worker.language.errors import NoAnswer
from functions.worker.language.model import Model
from functions.worker.language.prompt import Prompt
from functions.worker.language.usage import Usage
from shared.extraction.answer import FieldAnswer
from shared.extraction.template import TemplateField
from shared.extraction.values import normal
from shared.screening.verdict import ModelName

PROMPT = "extract_v1"


class FieldSaid(BaseModel):
    """What is said of one field."""

    model_config = ConfigDict(extra="forbid")

    field: str
    found: Literal["found", "absent", "missing"]
    value: str
    quote: str


class ExtractionAnswer(BaseModel):
    """The only form in which an answer is taken."""

    model_config = ConfigDict(extra="forbid")

    fields: list[FieldSaid]


def extract(
    model: Model, name: ModelName, number: int, text: str, fields: list[TemplateField]
) -> tuple[list[FieldAnswer], Usage]:
    """Return the model's answers to all fields, and what they cost.

    A chunk that fails is asked for again when the others are done, alone; fields that no other
    chunk has found have a fault then.
    """
    spent, said, failed = Usage(), list[FieldAnswer](), list[tuple[int, int]]()
    for turn, spans in enumerate((chunks(text), failed)):
        for span in list(spans):
            try:
                answers, usage = _ask(
                    model, name, number, (span[0], text[span[0] : span[1]]), fields
                )
                said += answers
                spent = spent.plus(usage)
                if turn:
                    failed.remove(span)
            except NoAnswer as none:
                spent = spent.plus(none.spent)
                if not turn:
                    failed.append(span)
    fault = f"{model.name} has given no answer that can be used." if failed else None
    return [_best(name, number, field.name, said, fault) for field in fields], spent


def _ask(
    model: Model, name: ModelName, number: int, chunk: tuple[int, str], fields: list[TemplateField]
) -> tuple[list[FieldAnswer], Usage]:
    _, piece = chunk
    listed = json.dumps([field.model_dump() for field in fields], ensure_ascii=False, indent=1)
    prompt = Prompt.of(PROMPT, document=piece, fields=listed)
    answered = model.ask(prompt, ExtractionAnswer, _check(fields, piece), item=number)
    known = {field.name: field for field in fields}
    return [
        _placed(each, known[each.field], name, number, chunk) for each in answered.answer.fields
    ], answered.usage


def _placed(
    said: FieldSaid, field: TemplateField, name: ModelName, number: int, chunk: tuple[int, str]
) -> FieldAnswer:
    if said.found == "missing":
        return FieldAnswer(row=number, field=field.name, model=name, found="missing")
    offset, piece = chunk
    at = piece.find(said.quote)
    value = normal(said.value, field) if said.found == "found" else None
    if said.found == "absent" and field.type == "boolean":
        value = "false"
    return FieldAnswer(
        row=number,
        field=field.name,
        model=name,
        found=said.found,
        value=value,
        start=offset + at,
        end=offset + at + len(said.quote),
    )


def _check(fields: list[TemplateField], piece: str) -> Callable[[ExtractionAnswer], None]:
    known = {field.name: field for field in fields}

    def check(answer: ExtractionAnswer) -> None:
        if sorted(each.field for each in answer.fields) != sorted(known):
            raise ValueError("the answer is not about the fields that were asked for")
        for each in answer.fields:
            if each.found == "missing":
                continue
            if not each.quote.strip() or each.quote not in piece:
                raise ValueError("what the answer quotes is not in the text")
            if each.found == "found" and normal(each.value, known[each.field]) is None:
                raise ValueError("a value is not of its field's type")

    return check


def _best(
    name: ModelName, number: int, field: str, said: list[FieldAnswer], fault: str | None
) -> FieldAnswer:
    """Return the first chunk's value, else a denial, else that nothing is said."""
    of_field = [each for each in said if each.field == field]
    for wanted in ("found", "absent"):
        for each in of_field:
            if each.found == wanted:
                return each
    return FieldAnswer(row=number, field=field, model=name, found="missing", fault=fault)
