"""What is asked and answered about screenings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, PositiveInt, StringConstraints

from functions.status.models.work import Work
from shared.model import Model
from shared.records.decisions import HumanDecision, Stage
from shared.records.references import Order
from shared.screening.criteria import Criteria
from shared.screening.outcome import Outcome, Rule
from shared.screening.prisma import Prisma
from shared.screening.reference import Reference
from shared.screening.verdict import Verdict

Number = Annotated[int, Field(ge=1, le=1_000_000)]


class Screening(Model):
    """A file of references and what is looked for; null until they are read."""

    record_id: UUID
    file_name: str
    file_size: int
    criteria: Criteria
    rule: Rule
    models: list[str] | None
    """Who judges: A and B."""
    total_records: int | None
    duplicates: int | None
    created_at: datetime
    expires_at: datetime


class ScreeningList(Model):
    """Records, newest first; `next_cursor` is null on the last page."""

    records: list[Screening]
    next_cursor: str | None


class ScreeningStatus(Work):
    """How far a screening is, and the record itself."""

    record: Screening


class ReferencesQuery(Model):
    """Which references, in which order."""

    outcome: Outcome | None = None
    """What the models' verdicts come to; `conflict` is the queue for people."""
    decided: bool | None = None
    """Whether a person has decided."""
    duplicates: bool = True
    order: Order = "relevance"
    offset: Annotated[int, Field(ge=0, lt=2**63)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 50


class Human(Model):
    """A person's decision, which counts before what models say."""

    decision: HumanDecision
    reason: str | None
    decided_by: str
    decided_at: datetime


class ScreenedReference(Model):
    """A reference with all that is said of it."""

    reference: Reference
    relevance: float | None
    """Higher is more likely relevant; only comparable within this screening."""
    a: Verdict | None
    b: Verdict | None
    outcome: Outcome
    human: Human | None
    full_text: HumanDecision | None
    full_text_reason: str | None


class RankedWith(Model):
    """What the present order of the references comes from."""

    model: str
    decisions: int
    """How many decisions of people it has learnt from; 0: the criteria alone."""


class References(Model):
    """A page of references."""

    references: list[ScreenedReference]
    offset: int
    matched: int
    """How many there are in all that match."""
    total_records: int | None
    ranked_with: RankedWith | None
    """Null until they are ranked."""


class Decide(Model):
    """What a person decides on a reference."""

    number: Number
    decision: HumanDecision
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] | None = None
    stage: Stage = "abstract"


class UndoDecision(Model):
    """Whose last decision is taken back: on this reference, or on any."""

    number: Number | None = None


class Cost(Model):
    """What the models have cost; tokens as the endpoint counts them."""

    calls: int
    cached: int
    """Answers that had been given before and were not asked for again."""
    tokens_in: int
    tokens_out: int
    cost: float


class Outcomes(Model):
    """How many references, duplicates aside, the models' verdicts come to what of."""

    include: int
    exclude: int
    conflict: int
    unjudged: int


class Summary(Model):
    """Where a screening stands."""

    outcomes: Outcomes
    undecided: Outcomes
    """Of those that no person has decided on."""

    judged: int
    conflicts: int
    decided_by_people: int
    agreement: float | None
    """Share of judged records on which the two models say the same."""
    kappa: float | None
    """Cohen's; null where it is not defined."""
    prisma: Prisma
    cost: Cost


class PictureQuery(Model):
    """The language of the picture; without it, the one of Accept-Language."""

    lang: Literal["en", "zh"] | None = None


class SampleQuery(Model):
    """How many of the records that both models exclude; the same seed draws the same ones."""

    size: Annotated[PositiveInt, Field(le=500)] = 30
    seed: int = 1


class ScreeningExportQuery(Model):
    """Which references, as which file."""

    format: Literal["ris", "csv", "xlsx"] = "ris"
    outcome: Literal["include", "exclude", "conflict", "unjudged"] | None = None
    """After people's decisions; without it, all."""


class ScreeningStarted(Model):
    """Work is queued; follow it at `status_url`."""

    record_id: UUID
    job_id: int
    status: Literal["processing"] = "processing"
    status_url: str
