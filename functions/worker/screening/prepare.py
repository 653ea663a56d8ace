"""References read, compared and ranked: once for each job, as the next attempt finds them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from pydantic import BaseModel

from functions.worker.job import Job, own_objects
from functions.worker.references.duplicates import mark_duplicates
from functions.worker.references.read import read
from shared.errors import ObjectExists, ObjectMissing, Unrecoverable
from shared.jobs.screen_literature import ScreenLiterature
from shared.screening.criteria import Criteria
from shared.screening.reference import Reference


class Prepared(BaseModel):
    """All references, and how well each that is no duplicate fits the criteria."""

    references: list[Reference]
    relevance: dict[int, float]


def prepare(payload: ScreenLiterature, job: Job) -> Prepared:
    """Return what an earlier attempt has prepared, or prepare it. Raises Unrecoverable."""
    key = f"{own_objects(payload.prefix, job.id)}prepared.json"
    with suppress(ObjectMissing):
        return Prepared.model_validate_json(job.store.read(key))
    references = references_of(job, payload.source, payload.mapping)
    originals = [each for each in references if each.duplicate_of is None]
    job.progress("ranking", 0, len(originals))
    scores = _prior(originals, payload.criteria)
    numbers = (each.number for each in originals)
    prepared = Prepared(references=references, relevance=dict(zip(numbers, scores, strict=True)))
    with suppress(ObjectExists):  # the same, from an attempt that was given up
        job.store.create(key, prepared.model_dump_json().encode(), "application/json")
    return prepared


def references_of(job: Job, source: str, mapping: dict[str, str]) -> list[Reference]:
    """Return a screening's references, the same at each attempt. Raises Unrecoverable."""
    try:
        data = job.store.read(source)
    except ObjectMissing as missing:
        raise Unrecoverable("The file has gone. Upload it again.") from missing
    return mark_duplicates(read(data, mapping))


def _prior(originals: Sequence[Reference], criteria: Criteria) -> list[float]:
    from functions.worker.screening.ranking import prior  # noqa: PLC0415 - heavy

    texts = [f"{each.title}. {each.abstract}" for each in originals]
    return [round(float(score), 4) for score in prior(texts, criteria)]
