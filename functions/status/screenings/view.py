"""Screenings as callers see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import get_args
from uuid import UUID

from psycopg import Connection

from functions.status.screenings.models import (
    Cost,
    Human,
    Outcomes,
    RankedWith,
    References,
    ScreenedReference,
    Screening,
    Summary,
)
from shared.errors import NotFound
from shared.records import model_use, ranking, references, screenings
from shared.records.references import Cell, Judged
from shared.records.screenings import Screening as Stored
from shared.screening.criteria import Criteria
from shared.screening.outcome import Outcome, Rule, agreement, combine, kappa
from shared.screening.prisma import NO_REASON, Prisma
from shared.screening.reference import Reference
from shared.screening.verdict import Verdict


def screening_of(conn: Connection, owner: str, record_id: UUID) -> Stored:
    """Return the owner's record; raises NotFound."""
    found = screenings.find(conn, record_id, owner)
    if found is None:
        raise NotFound("There is no such screening, or it has expired. Start it again.")
    return found


def shown(stored: Stored) -> Screening:
    """Return the record as the page sees it."""
    return Screening(
        record_id=stored.id,
        file_name=stored.file_name,
        file_size=stored.file_size,
        criteria=Criteria.model_validate(stored.criteria),
        rule=stored.rule,
        models=stored.models,
        total_records=stored.total_records,
        duplicates=stored.duplicates,
        created_at=stored.created_at,
        expires_at=stored.expires_at,
    )


def shown_reference(judged: Judged) -> ScreenedReference:
    """Return a reference with all that is said of it."""
    human = None
    if judged.human and judged.human_by and judged.human_at:
        human = Human(
            decision=judged.human,
            reason=judged.human_reason,
            decided_by=judged.human_by,
            decided_at=judged.human_at,
        )
    return ScreenedReference(
        reference=reference_of(judged),
        relevance=judged.relevance,
        a=None if judged.a is None else Verdict.model_validate(judged.a),
        b=None if judged.b is None else Verdict.model_validate(judged.b),
        outcome=judged.outcome,
        human=human,
        full_text=judged.full_text,
        full_text_reason=judged.full_text_reason,
    )


def page_of(
    conn: Connection, stored: Stored, found: Sequence[Judged], *, matched: int, offset: int = 0
) -> References:
    """Return some references, and what has put all of them into their order."""
    order = ranking.find(conn, stored.id)
    return References(
        references=[shown_reference(each) for each in found],
        offset=offset,
        matched=matched,
        total_records=stored.total_records,
        ranked_with=None if order is None else RankedWith.model_validate(asdict(order)),
    )


def reference_of(judged: Judged) -> Reference:
    """Return the reference as it was imported."""
    return Reference.model_validate(
        {
            **judged.content,
            "number": judged.number,
            "duplicate_of": judged.duplicate_of,
            "duplicate_by": judged.duplicate_by,
        }
    )


def decided(outcome: Outcome, human: str | None) -> Outcome:
    """Return what counts: a person's decision, else what the models' verdicts come to."""
    if human == "unsure":
        return "conflict"
    return human if human in ("include", "exclude") else outcome  # type: ignore[return-value]


def summary_of(conn: Connection, stored: Stored) -> Summary:
    """Return counts, agreement and cost."""
    cells = references.cells(conn, stored.id)
    outcomes = [(combine(cell.a, cell.b, stored.rule), cell) for cell in cells]
    pairs = [
        (cell.a, cell.b)
        for cell in cells
        if cell.a is not None and cell.b is not None
        for _ in range(cell.count)
    ]
    used = model_use.use_of(conn, stored.id)
    return Summary(
        outcomes=_outcomes(outcomes),
        undecided=_outcomes([each for each in outcomes if each[1].human is None]),
        judged=len(pairs),
        conflicts=sum(
            cell.count for outcome, cell in outcomes if decided(outcome, cell.human) == "conflict"
        ),
        decided_by_people=sum(cell.count for cell in cells if cell.human),
        agreement=agreement(pairs),
        kappa=kappa(pairs),
        prisma=_prisma(stored, cells, stored.rule),
        cost=Cost(
            calls=used.calls,
            cached=used.cached,
            tokens_in=used.tokens_in,
            tokens_out=used.tokens_out,
            cost=used.cost,
        ),
    )


def _outcomes(cells: Sequence[tuple[Outcome, Cell]]) -> Outcomes:
    counts = dict.fromkeys(get_args(Outcome), 0)
    for outcome, cell in cells:
        counts[outcome] += cell.count
    return Outcomes.model_validate(counts)


def _prisma(stored: Stored, cells: list[Cell], rule: Rule) -> Prisma:
    counts: dict[Outcome, int] = dict.fromkeys(("include", "exclude", "conflict", "unjudged"), 0)
    included, excluded, reasons = 0, 0, dict[str, int]()
    for cell in cells:
        outcome = decided(combine(cell.a, cell.b, rule), cell.human)
        counts[outcome] += cell.count
        if outcome != "include":
            continue
        if cell.full_text == "include":
            included += cell.count
        elif cell.full_text == "exclude":
            excluded += cell.count
            reason = cell.full_text_reason or NO_REASON
            reasons[reason] = reasons.get(reason, 0) + cell.count
    total = stored.total_records or 0
    screened = total - (stored.duplicates or 0)
    return Prisma(
        identified=total,
        duplicates_removed=stored.duplicates or 0,
        screened=screened,
        excluded=counts["exclude"],
        awaiting=screened - counts["include"] - counts["exclude"],
        sought=counts["include"],
        awaiting_full_text=counts["include"] - included - excluded,
        excluded_full_text=excluded,
        reasons=reasons,
        included=included,
    )
