"""The two built-in ways of extracting: rules alone, and rules led by embeddings. No network."""

from __future__ import annotations

from functions.worker.extraction import rules
from functions.worker.language import embedding
from functions.worker.language.words import sentences
from shared.extraction.answer import FieldAnswer
from shared.extraction.template import TemplateField
from shared.screening.verdict import ModelName

MODELS = (rules.NAME, f"{rules.NAME}+{embedding.NAME}")


def extract(number: int, text: str, fields: list[TemplateField]) -> list[FieldAnswer]:
    """Return both models' answers to all fields."""
    spans = sentences(text)
    near = _by_nearness(text, spans, fields)
    answers = []
    for place, field in enumerate(fields):
        answers.append(_answer(number, field, "A", rules.find(text, field, spans)))
        answers.append(_answer(number, field, "B", rules.find(text, field, near[place])))
    return answers


def _by_nearness(
    text: str, spans: list[tuple[int, int]], fields: list[TemplateField]
) -> list[list[tuple[int, int]]]:
    """Return for each field the sentences, the one nearest in meaning first."""
    if not spans:
        return [[] for _ in fields]
    wanted = [" ".join([*field.called(), field.description]) for field in fields]
    near = embedding.embed(wanted) @ embedding.embed([text[a:b] for a, b in spans]).T
    return [[spans[at] for at in (-row).argsort(kind="stable")] for row in near]


def _answer(
    number: int, field: TemplateField, model: ModelName, answer: rules.Answer
) -> FieldAnswer:
    return FieldAnswer(
        row=number,
        field=field.name,
        model=model,
        found=answer.found,
        value=answer.value,
        start=answer.start,
        end=answer.end,
    )
