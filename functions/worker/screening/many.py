"""References judged by hosted models, many at once."""

from __future__ import annotations

from collections.abc import Sequence

from functions.worker.job import Job
from functions.worker.language.answers import Answers
from functions.worker.language.many import Many
from functions.worker.language.model import Model
from functions.worker.language.pace import Pace
from functions.worker.language.settings import LanguageSettings
from functions.worker.language.usage import Meter, Usage
from functions.worker.screening.checkpoint import Checkpoint, Fresh
from functions.worker.screening.hosted import judge
from shared.jobs.screen_literature import ScreenLiterature
from shared.screening.reference import Reference
from shared.screening.verdict import ModelName, Verdict

Answer = tuple[Verdict, Usage]


def judge_many(
    payload: ScreenLiterature,
    job: Job,
    done: Checkpoint,
    left: Sequence[Reference],
    *,
    total: int,
    models: LanguageSettings,
) -> None:
    """Judge what is left; raises Yielded when asked to stop, Unrecoverable when tokens run out."""
    pace = Pace(
        calls_per_minute=payload.calls_per_minute,
        tokens=payload.tokens,
        begun=payload.begun,
        stop=job.stopping,
    )
    _Judging(payload, job, done, models, pace).run(left, total)


class _Judging:
    def __init__(
        self,
        payload: ScreenLiterature,
        job: Job,
        done: Checkpoint,
        models: LanguageSettings,
        pace: Pace,
    ) -> None:
        self._criteria = payload.criteria
        self._job = job
        self._done = done
        self._total = 0
        self._at_once = models.llm_in_flight
        self._pace = pace
        self._answers = answers = Answers(job.store, payload.prefix, done, fence=job.fence)
        self._meter = Meter()
        a, b = models.models
        self._models: dict[ModelName, Model] = {
            "A": Model(a, models, answers, pace, self._meter),
            "B": Model(b, models, answers, pace, self._meter),
        }

    def run(self, left: Sequence[Reference], total: int) -> None:
        self._total = total
        Many(
            self._job,
            self._pace,
            self._at_once,
            ask=self._judge,
            keep=self._keep,
            count=self._count,
            watch=self._watch,
        ).run(left)

    def _judge(self, name: ModelName, reference: Reference) -> Answer:
        return judge(self._models[name], name, reference, self._criteria)

    def _keep(self, whole: list[tuple[Reference, list[Answer]]], in_flight: int) -> None:
        answers = [answer for _, both in whole for answer in both]
        self._advance(
            fresh=Fresh(
                verdicts=[verdict for verdict, _ in answers],
                usage=self._meter.tell(usage for _, usage in answers),
            ),
            judged=self._done.with_records([reference.number for reference, _ in whole]),
            in_flight=in_flight,
        )

    def _count(self) -> None:
        rest = Fresh(usage=self._meter.close())
        self._advance(
            fresh=rest,
            in_flight=0,
            settled=self._done.settled_by(self._job.fence),
            counted=self._answers.counted,
        )

    def _advance(self, **changes: object) -> None:
        changes["begun"] = self._pace.begun()
        self._done = self._done.model_copy(update=changes)
        self._job.keep(self._done, done=self._done.done)

    def _watch(self) -> None:
        judged = self._done.done - self._done.imported
        self._job.progress("judging", judged, self._total)
