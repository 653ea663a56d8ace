"""Rules for finding values: what a field is called, then what stands behind it. No language model.

The same rules serve both built-in baselines. A goes by the field's names wherever they stand, B
looks first for the sentence that is nearest to the field in meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from functions.worker.language.words import sentences
from shared.extraction.answer import Found
from shared.extraction.template import TemplateField
from shared.extraction.values import Value, values_in

NAME = "builtin-rules"

_NO = re.compile(
    r"(?:\b(?:no|not|denie[sd]|denying|without|negative for|absence of|free of|never)\b|"
    r"否认|无明显|无|未见|未诉|没有|未发现|不伴|未)(?:[\w\s-]{0,24}|[\u3400-\u9fff、]{0,8})$",
    re.IGNORECASE,
)
_NO_AFTER = re.compile(
    r"\s*(?:[:：]?\s*(?:not (?:recorded|done|measured|known|performed|available)|absent|none\b|"
    r"negative|no\b)|[:：]?\s*(?:无|阴性|否|未测|未做|未查|不详))",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s*(?:[:：]|\bis\b|\bwas\b|为|是)\s*")
_PART = re.compile(r"[,，;；]|\bbut\b|但")


class Answer(NamedTuple):
    """What was found, and the characters that say so."""

    found: Found
    value: str | None = None
    start: int | None = None
    end: int | None = None


MISSING = Answer("missing")


def find(text: str, field: TemplateField, spans: Sequence[tuple[int, int]] | None = None) -> Answer:
    """Return the field's value, looking at these spans (sentences) in their order."""
    absent: Answer | None = None
    for start, end in sentences(text) if spans is None else spans:
        for label in _labels(text, field, start, end):
            answer = _at(text, field, label, (start, end))
            if answer.found == "found":
                return answer
            if answer.found == "absent":
                absent = absent or answer
    if absent is None and field.type == "choice":
        return _unnamed(text, field, spans)
    return absent or MISSING


def _labels(text: str, field: TemplateField, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for name in field.called():
        edge = r"(?<![A-Za-z])" if name[0].isascii() else ""
        close = r"(?![A-Za-z])" if name[-1].isascii() else ""
        pattern = re.compile(edge + re.escape(name) + close, re.IGNORECASE)
        for match in pattern.finditer(text, start, end):
            if not any(a <= match.start() < b for a, b in found):
                found.append(match.span())
    return sorted(found)


def _at(
    text: str, field: TemplateField, label: tuple[int, int], sentence: tuple[int, int]
) -> Answer:
    """Return what is said of the field where its name stands."""
    before = _PART.split(text[sentence[0] : label[0]])[-1]
    refused = _NO.search(before)
    denied = _NO_AFTER.match(text, label[1], sentence[1])
    if refused or denied:
        start = label[0] - len(before) + refused.start() if refused else label[0]
        end = denied.end() if denied else label[1]
        return Answer("absent", "false" if field.type == "boolean" else None, start, end)
    if field.type == "boolean":
        return Answer("found", "true", *label)
    if field.type == "text":
        return _rest(text, label[1], sentence[1])
    value = next(values_in(text, field, label[1], sentence[1]), None)
    return MISSING if value is None else _found(value)


def _rest(text: str, start: int, end: int) -> Answer:
    """Return what follows up to the next comma or the end of the sentence."""
    if (colon := _COLON.match(text, start, end)) is None:
        return MISSING
    part = _PART.search(text, colon.end(), end)
    stop = part.start() if part else end
    while stop > colon.end() and text[stop - 1] in ".。;； ":
        stop -= 1
    value = text[colon.end() : stop]
    return Answer("found", value, colon.end(), stop) if value else MISSING


def _unnamed(text: str, field: TemplateField, spans: Sequence[tuple[int, int]] | None) -> Answer:
    """A choice often stands by itself: `male`, not `sex: male`."""
    for start, end in spans or [(0, len(text))]:
        if (value := next(values_in(text, field, start, end), None)) is not None:
            return _found(value)
    return MISSING


def _found(value: Value) -> Answer:
    return Answer("found", value.value, value.start, value.end)
