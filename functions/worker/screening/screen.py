"""The whole of a screening: read the references, then have two models judge each of them."""

from __future__ import annotations

from collections.abc import Sequence

from functions.worker.job import Job
from functions.worker.language.settings import LanguageSettings, settings
from functions.worker.screening import baseline
from functions.worker.screening.checkpoint import About, Checkpoint, Fresh
from functions.worker.screening.prepare import prepare
from functions.worker.screening.ranking import BY_CRITERIA
from shared.jobs.screen_literature import ScreenLiterature
from shared.screening.reference import Reference

_AT_ONCE = 200
"""References that are written in one transaction."""
_JUDGED_AT_ONCE = 50
"""Records that the built-in models have judged before it is told; together some milliseconds."""


def screen(payload: ScreenLiterature, job: Job) -> None:
    """Raise Unrecoverable, with a sentence for the user, for a file that can never be read."""
    done, models = job.resume(Checkpoint).opened_by(job.id, job.fence), settings()
    job.progress("reading references")
    prepared = prepare(payload, job)
    references, relevance = prepared.references, prepared.relevance
    originals = [each for each in references if each.duplicate_of is None]
    done = _import(job, done, references, relevance, models)
    left = [each for each in originals if not done.has(each.number)]
    left.sort(key=lambda each: (-relevance[each.number], each.number))
    if models.hosted:
        from functions.worker.screening.many import judge_many  # noqa: PLC0415 - heavy

        judge_many(payload, job, done, left, total=len(originals), models=models)
    else:
        _judge_built_in(payload, job, done, originals)


def _import(
    job: Job,
    done: Checkpoint,
    references: Sequence[Reference],
    relevance: dict[int, float],
    models: LanguageSettings,
) -> Checkpoint:
    about = About(
        models=models.models if models.hosted else baseline.MODELS,
        total=len(references),
        duplicates=sum(each.duplicate_of is not None for each in references),
        ranked_by=BY_CRITERIA,
    )
    for start in range(done.imported, len(references), _AT_ONCE):
        piece = list(references[start : start + _AT_ONCE])
        fresh = Fresh(
            about=about,
            references=piece,
            relevance=[relevance.get(each.number, 0.0) for each in piece],
        )
        done = done.model_copy(update={"imported": start + len(piece), "fresh": fresh})
        job.progress("reading references", done.imported, len(references))
        job.checkpoint(done, done=done.done)
    return done


def _judge_built_in(
    payload: ScreenLiterature, job: Job, done: Checkpoint, originals: Sequence[Reference]
) -> None:
    verdicts = baseline.judge_all(originals, payload.criteria)
    pairs = [pair for pair in verdicts if not done.has(pair[0].number)]
    for start in range(0, len(pairs), _JUDGED_AT_ONCE):
        piece = pairs[start : start + _JUDGED_AT_ONCE]
        done = done.model_copy(
            update={
                "judged": done.with_records([pair[0].number for pair in piece]),
                "fresh": Fresh(verdicts=[verdict for pair in piece for verdict in pair]),
            }
        )
        job.checkpoint(done, done=done.done)
        judged = len(originals) - len(pairs) + start + len(piece)
        job.progress("judging", judged, len(originals))
