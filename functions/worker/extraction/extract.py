"""The whole of an extraction: read the texts, then have two models take the values out of each."""

from __future__ import annotations

import json

from functions.worker.extraction import baseline, hosted
from functions.worker.extraction.checkpoint import About, Checkpoint, Fresh
from functions.worker.job import Job, Yielded
from functions.worker.language.answers import Answers
from functions.worker.language.many import Many
from functions.worker.language.model import Model
from functions.worker.language.pace import Pace
from functions.worker.language.settings import LanguageSettings, settings
from functions.worker.language.usage import Meter, Usage
from shared.errors import ObjectMissing, Unrecoverable
from shared.extraction.answer import FieldAnswer
from shared.jobs.extract_fields import ExtractFields
from shared.screening.verdict import ModelName

_AT_ONCE = 200
_READ_AT_ONCE = 20
MOST_TEXTS = 50_000

Text = tuple[int, str]
Answer = tuple[list[FieldAnswer], Usage]


def extract(payload: ExtractFields, job: Job) -> None:
    """Raise Unrecoverable, with a sentence for the user, for texts that cannot be read."""
    done, models = job.resume(Checkpoint).opened_by(job.id, job.fence), settings()
    # A cell may hold what the database cannot; the characters around it keep their places.
    texts = [
        (n, text.replace("\0", "\ufffd")) for n, text in enumerate(_texts(payload, job), start=1)
    ]
    if len(texts) > MOST_TEXTS:
        raise Unrecoverable(f"There are {len(texts):,} texts; {MOST_TEXTS:,} is the limit.")
    _Extracting(payload, job, done, texts, models).run()


class _Extracting:
    def __init__(
        self,
        payload: ExtractFields,
        job: Job,
        done: Checkpoint,
        texts: list[Text],
        models: LanguageSettings,
    ) -> None:
        self._payload = payload
        self._fields = payload.template.root
        self._job = job
        self._done = done
        self._texts = texts
        self._settings = models

    def run(self) -> None:
        names = self._settings.models if self._settings.hosted else baseline.MODELS
        about = About(models=names, total=len(self._texts))
        for start in range(self._done.imported, len(self._texts), _AT_ONCE):
            piece = self._texts[start : start + _AT_ONCE]
            self._step(imported=start + len(piece), fresh=Fresh(about=about, texts=piece))
        left = [text for text in self._texts if not self._done.has(text[0])]
        if self._settings.hosted:
            self._by_models(left)
        else:
            self._by_rules(left)

    def _by_rules(self, left: list[Text]) -> None:
        for start in range(0, len(left), _READ_AT_ONCE):
            piece = left[start : start + _READ_AT_ONCE]
            found = [each for n, text in piece for each in baseline.extract(n, text, self._fields)]
            read = self._done.with_texts([number for number, _ in piece])
            self._step(read=read, fresh=Fresh(answers=found))

    def _by_models(self, left: list[Text]) -> None:
        payload, done = self._payload, self._done
        self._pace = Pace(
            calls_per_minute=payload.calls_per_minute,
            tokens=payload.tokens,
            begun=payload.begun,
            stop=self._job.stopping,
        )
        answers = Answers(self._job.store, payload.prefix, done, fence=self._job.fence)
        self._answers = answers
        self._meter = Meter()
        names: tuple[ModelName, ModelName] = ("A", "B")
        self._models = {
            name: Model(model, self._settings, answers, self._pace, self._meter)
            for name, model in zip(names, self._settings.models, strict=True)
        }
        at_once = self._settings.llm_in_flight
        Many(
            self._job,
            self._pace,
            at_once,
            ask=self._ask,
            keep=self._keep,
            count=self._count,
            watch=self._watch,
        ).run(left)

    def _ask(self, name: ModelName, text: Text) -> Answer:
        return hosted.extract(self._models[name], name, *text, self._fields)

    def _keep(self, whole: list[tuple[Text, list[Answer]]], in_flight: int) -> None:
        usage = self._meter.tell(usage for _, both in whole for _, usage in both)
        found = [one for _, both in whole for answers, _ in both for one in answers]
        self._advance(
            read=self._done.with_texts([text[0] for text, _ in whole]),
            begun=self._pace.begun(),
            in_flight=in_flight,
            fresh=Fresh(answers=found, usage=usage),
        )

    def _count(self) -> None:
        self._advance(
            begun=self._pace.begun(),
            in_flight=0,
            settled=self._done.settled_by(self._job.fence),
            counted=self._answers.counted,
            fresh=Fresh(usage=self._meter.close()),
        )

    def _step(self, **changes: object) -> None:
        """Advance by what can be done at once; raises Yielded when asked to stop."""
        self._advance(**changes)
        self._watch()
        if self._job.stopping():
            raise Yielded

    def _advance(self, **changes: object) -> None:
        self._done = self._done.model_copy(update=changes)
        self._job.keep(self._done, done=self._done.done)

    def _watch(self) -> None:
        read = self._done.done - self._done.imported
        self._job.progress("extracting", read, len(self._texts))


def _texts(payload: ExtractFields, job: Job) -> list[str]:
    try:
        if payload.texts_key is not None:
            texts: list[str] = json.loads(job.store.read(payload.texts_key))
            return texts
        from functions.worker.frames.load import load  # noqa: PLC0415 - heavy

        cells = load(job.store, str(payload.clean_data_key)).column(str(payload.column))
    except ObjectMissing as missing:
        raise Unrecoverable("The texts have gone. Start again.") from missing
    except StopIteration as none:
        raise Unrecoverable(f"The record has no column {payload.column!r}.") from none
    values = cells.values.to_pylist()
    odd = [None] * len(values) if cells.odd is None else cells.odd.to_pylist()
    return [
        str(value if value is not None else text or "")
        for value, text in zip(values, odd, strict=True)
    ]
