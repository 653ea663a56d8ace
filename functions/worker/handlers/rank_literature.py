"""A screening's references in a new order, learnt from what people have decided."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.result import Result as AnyResult
from shared.jobs.rank_literature import RankLiterature
from shared.records import ranking

__all__ = ["Payload", "Result", "run", "save"]

Payload = RankLiterature


class Result(AnyResult):
    """How relevant each reference is; duplicates are left out."""

    numbers: list[int]
    relevance: list[float]
    ranked_by: str


def run(payload: RankLiterature, job: Job) -> Result:
    """In the child: no database."""
    from functions.worker.screening.prepare import references_of  # noqa: PLC0415
    from functions.worker.screening.ranking import BY_DECISIONS, Ranking  # noqa: PLC0415 - heavy

    job.progress("ranking")
    found = references_of(job, payload.source, payload.mapping)
    originals = [each for each in found if each.duplicate_of is None]
    place = {each.number: at for at, each in enumerate(originals)}
    learner = Ranking(
        [each.title for each in originals],
        [each.abstract for each in originals],
        payload.criteria,
    )
    scores = learner.scores(
        [place[number] for number in payload.included if number in place],
        [place[number] for number in payload.excluded if number in place],
    )
    return Result(
        numbers=list(place),
        relevance=[round(float(score), 4) for score in scores],
        ranked_by=BY_DECISIONS,
    )


def save(conn: Connection, payload: RankLiterature, result: Result) -> None:
    """In the parent, inside the transaction that completes the job."""
    decisions = len(payload.included) + len(payload.excluded)
    ranking.rank(
        conn,
        payload.record_id,
        ranking.Ranking(result.ranked_by, decisions),
        numbers=result.numbers,
        relevance=result.relevance,
        known=payload.decisions,
    )
