"""A hosted language model as a judge of records."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from functions.worker.language.errors import NoAnswer
from functions.worker.language.model import Model
from functions.worker.language.prompt import Prompt
from functions.worker.language.usage import Usage
from functions.worker.screening.document import Document
from shared.screening.criteria import Criteria, Criterion
from shared.screening.reference import Reference
from shared.screening.verdict import CriterionVerdict, Decision, ModelName, Verdict

PROMPT = "screen_v1"


class CriterionAnswer(BaseModel):
    """What is said of one criterion."""

    model_config = ConfigDict(extra="forbid")

    criterion: str
    met: Literal["yes", "no", "unclear"]
    quote: str


class ScreeningAnswer(BaseModel):
    """The only form in which an answer is taken."""

    model_config = ConfigDict(extra="forbid")

    criteria: list[CriterionAnswer]


def judge(
    model: Model, name: ModelName, reference: Reference, criteria: Criteria
) -> tuple[Verdict, Usage]:
    """Return the model's verdict and what it cost; one with a fault where it has none to give.

    What is to follow from the criteria is ours to say: the model is not asked for a decision, so no
    text can talk it into one without words to quote.
    """
    document, asked = Document.of(reference), criteria.each()
    prompt = Prompt.of(PROMPT, document=document.text, criteria=_listed(asked))
    try:
        answered = model.ask(
            prompt, ScreeningAnswer, _check(asked, document), item=reference.number
        )
    except NoAnswer as none:
        verdict = Verdict(number=reference.number, model=name, decision="unclear", fault=str(none))
        return verdict, none.spent
    said = {each.criterion: each for each in answered.answer.criteria}
    found = [
        CriterionVerdict(
            criterion=each.id, met=said[each.id].met, quote=document.find(said[each.id].quote)
        )
        for each in asked
    ]
    verdict = Verdict(
        number=reference.number, model=name, decision=decide(asked, found), criteria=found
    )
    return verdict, answered.usage


def decide(criteria: list[Criterion], verdicts: list[CriterionVerdict]) -> Decision:
    """Exclude what breaks a criterion; what only may break one is included, for a closer look."""
    broken = {"include": "no", "exclude": "yes"}
    for criterion, verdict in zip(criteria, verdicts, strict=True):
        if verdict.met == broken[criterion.kind]:
            return "exclude"
    return "include" if any(verdict.met == "yes" for verdict in verdicts) else "unclear"


def _check(asked: list[Criterion], document: Document) -> Callable[[ScreeningAnswer], None]:
    def check(answer: ScreeningAnswer) -> None:
        if sorted(each.criterion for each in answer.criteria) != sorted(one.id for one in asked):
            raise ValueError("the answer is not about the criteria that were asked for")
        for each in answer.criteria:
            if each.met != "unclear" and document.find(each.quote) is None:
                raise ValueError("what the answer quotes is not in the record")

    return check


def _listed(criteria: list[Criterion]) -> str:
    listed = [each.model_dump() for each in criteria]
    return json.dumps(listed, ensure_ascii=False, indent=1)
