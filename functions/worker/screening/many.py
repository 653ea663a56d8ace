"""Many calls at once: each record is judged by both models, and told when both have answered."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from functions.worker.job import Job, Yielded
from functions.worker.language.answers import Answers
from functions.worker.language.errors import BudgetSpent, Interrupted
from functions.worker.language.model import Model
from functions.worker.language.pace import Pace
from functions.worker.language.settings import LanguageSettings
from functions.worker.language.usage import Usage
from functions.worker.screening.checkpoint import Checkpoint, Fresh
from functions.worker.screening.hosted import judge
from shared.errors import Unrecoverable
from shared.jobs.screen_literature import ScreenLiterature
from shared.screening.reference import Reference
from shared.screening.verdict import ModelName, Verdict

_LOOK_SECONDS = 0.2
_LAST_ANSWERS_SECONDS = 0.6
"""How long answers under way are waited for when the job is to stop; less than its grace."""

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
    _Judging(payload, job, done, total, models).run(left)


class _Judging:
    def __init__(
        self,
        payload: ScreenLiterature,
        job: Job,
        done: Checkpoint,
        total: int,
        models: LanguageSettings,
    ) -> None:
        self._criteria = payload.criteria
        self._job = job
        self._done = done
        self._total = total
        self._most = models.llm_in_flight
        self._pace = pace_of(payload, job, done)
        answers = Answers(job.store, payload.prefix, job.id)
        a, b = models.models
        self._models: dict[ModelName, Model] = {
            "A": Model(a, models, answers, self._pace),
            "B": Model(b, models, answers, self._pace),
        }
        self._flying: dict[Future[Answer], int] = {}
        self._half: dict[int, list[Answer]] = {}

    def run(self, left: Sequence[Reference]) -> None:
        threads = ThreadPoolExecutor(self._most, thread_name_prefix="model")
        calls = self._calls(left)
        try:
            while self._fill(threads, calls):
                self._job.progress("judging", self._judged(), self._total)
                self._keep(self._landed(_LOOK_SECONDS))
                if self._job.stopping():
                    raise Yielded
        except Yielded:
            self._give_way()
            raise
        finally:
            threads.shutdown(wait=False, cancel_futures=True)

    def _calls(self, left: Sequence[Reference]) -> Iterator[tuple[ModelName, Reference]]:
        for reference in left:
            for name in self._models:
                yield name, reference

    def _fill(
        self, threads: ThreadPoolExecutor, calls: Iterator[tuple[ModelName, Reference]]
    ) -> bool:
        """Have as many calls under way as are allowed; False when there is nothing left."""
        while len(self._flying) < self._most:
            if (call := next(calls, None)) is None:
                break
            name, reference = call
            future = threads.submit(judge, self._models[name], name, reference, self._criteria)
            self._flying[future] = reference.number
        return bool(self._flying)

    def _landed(self, seconds: float) -> list[Future[Answer]]:
        landed, _ = wait(self._flying, timeout=seconds, return_when=FIRST_COMPLETED)
        return list(landed)

    def _keep(self, landed: list[Future[Answer]]) -> None:
        """Tell of the records that have both answers now; an error is raised after that."""
        fault: BaseException | None = None
        complete: list[int] = []
        for future in landed:
            number = self._flying.pop(future)
            if (error := future.exception()) is not None:
                fault = fault if isinstance(error, Interrupted) else error
                continue
            pair = self._half.setdefault(number, [])
            pair.append(future.result())
            if len(pair) == len(self._models):
                complete.append(number)
        if complete:
            self._checkpoint(complete)
        if isinstance(fault, BudgetSpent):
            raise Unrecoverable(str(fault)) from fault
        if fault is not None:
            raise fault

    def _checkpoint(self, complete: list[int]) -> None:
        answers = [answer for number in complete for answer in self._half.pop(number)]
        usage = Usage()
        for _, each in answers:
            usage = usage.plus(each)
        self._done = self._done.model_copy(
            update={
                "judged": self._done.with_records(complete),
                "spent": self._done.spent.plus(usage),
                "begun": self._pace.begun(),
                "in_flight": len(self._flying) + len(self._half),
                "fresh": Fresh(verdicts=[verdict for verdict, _ in answers], usage=usage),
            }
        )
        self._job.checkpoint(self._done, done=self._done.done)

    def _give_way(self) -> None:
        """Keep what still comes in within the grace; an answer that does not is asked for again."""
        until = time.monotonic() + _LAST_ANSWERS_SECONDS
        for future in list(self._flying):
            if future.cancel():
                del self._flying[future]
        while self._flying and (left := until - time.monotonic()) > 0:
            try:
                self._keep(self._landed(left))
            except Yielded:
                continue

    def _judged(self) -> int:
        return self._done.done - self._done.imported


def pace_of(payload: ScreenLiterature, job: Job, done: Checkpoint) -> Pace:
    """Return the pace that this job was granted, less what it has used."""
    begun = done.begun
    if payload.calls_per_minute is not None and done.in_flight:
        # A predecessor that was killed may have begun that many after it last told.
        begun = [*begun, *([time.time()] * done.in_flight)]
    tokens = None if payload.tokens is None else payload.tokens - done.spent.tokens
    return Pace(
        calls_per_minute=payload.calls_per_minute,
        tokens=tokens,
        begun=begun,
        stop=job.stopping,
    )
