"""The built-in models: honest baselines, and no language models. They need no network.

A (BM25) goes by words that criteria and record share, B (WordLlama) by static embeddings. Both look
at all records first; where to cut a criterion's scores follows from how they are spread. Which
records they exclude does not: nothing tells them how many there should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from functions.worker.language import embedding
from functions.worker.screening import lexical
from functions.worker.screening.document import Document
from functions.worker.screening.lexical import Lexical
from functions.worker.screening.otsu import cut
from functions.worker.screening.ranking import standard
from shared.screening.criteria import Criteria, Criterion
from shared.screening.reference import Reference
from shared.screening.verdict import CriterionVerdict, Met, ModelName, Quote, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

MODELS = (lexical.NAME, embedding.NAME)

_SURELY_NOT = 0.15
"""The share that each excludes, and with it all that is no better than the best of it: so BM25
excludes whatever shares no word with the criteria, however much that is. It knows no synonyms, so
what both exclude is what counts, and that is no more than this share: a missed record costs more
than one that is read in vain."""


def judge_all(references: Sequence[Reference], criteria: Criteria) -> Iterator[list[Verdict]]:
    """Yield each record's two verdicts, in the records' order."""
    documents = [Document.of(each) for each in references]
    sentences = [document.quotes() for document in documents]
    a = _Judge("A", sentences, criteria, _by_words)
    b = _Judge("B", sentences, criteria, _by_meaning)
    for at, reference in enumerate(references):
        yield [a.verdict(at, reference.number), b.verdict(at, reference.number)]


class _Judge:
    def __init__(
        self,
        name: ModelName,
        sentences: Sequence[Sequence[Quote]],
        criteria: Criteria,
        score: Callable[[Sequence[str], Sequence[str]], Matrix],
    ) -> None:
        import numpy as np  # noqa: PLC0415 - heavy

        self._name = name
        self._sentences = sentences
        self._criteria = criteria.each()
        flat = [quote.text for quotes in sentences for quote in quotes]
        ends = np.cumsum([0, *(len(quotes) for quotes in sentences)])
        scores = score(flat, [each.text for each in self._criteria])
        self._best = [
            [_best(scores[ends[at] : ends[at + 1], place]) for at in range(len(sentences))]
            for place in range(len(self._criteria))
        ]
        self._cuts = [cut(np.array([score for score, _ in column])) for column in self._best]
        self._total = self._totals()
        self._excluded = _bound(self._total)

    def verdict(self, at: int, number: int) -> Verdict:
        """Return what it says of the record at this place."""
        return Verdict(
            number=number,
            model=self._name,
            decision="include" if self._total[at] > self._excluded else "exclude",
            criteria=[
                self._of_criterion(criterion, place, at)
                for place, criterion in enumerate(self._criteria)
            ],
            score=round(float(self._total[at]), 4),
        )

    def _totals(self) -> NDArray[Any]:
        import numpy as np  # noqa: PLC0415 - heavy

        total = np.zeros(len(self._sentences))
        for criterion, column in zip(self._criteria, self._best, strict=True):
            spread = standard(np.array([score for score, _ in column]))
            # A few words in common with what excludes a record are no reason to exclude it.
            total += spread if criterion.kind == "include" else -0.25 * spread
        return standard(total)

    def _of_criterion(self, criterion: Criterion, place: int, at: int) -> CriterionVerdict:
        score, sentence = self._best[place][at]
        met: Met = "unclear"
        if sentence is not None and score > 0:
            met = "yes" if score >= self._cuts[place] else "unclear"
        quote = self._sentences[at][sentence] if met == "yes" and sentence is not None else None
        return CriterionVerdict(criterion=criterion.id, met=met, quote=quote)


def _bound(totals: Matrix) -> float:
    """Return up to where records are excluded; below all of them where they are all the same."""
    import numpy as np  # noqa: PLC0415 - heavy

    bound = np.quantile(totals, _SURELY_NOT) if len(totals) else 0.0
    return float(bound) if len(totals) and bound < totals.max() else float("-inf")


def _by_words(sentences: Sequence[str], criteria: Sequence[str]) -> Matrix:
    import numpy as np  # noqa: PLC0415 - heavy

    if not sentences:
        return np.zeros((0, len(criteria)))
    index = Lexical(sentences)
    return np.stack([index.scores(text) for text in criteria], axis=1)


def _by_meaning(sentences: Sequence[str], criteria: Sequence[str]) -> Matrix:
    near: Matrix = embedding.embed(sentences) @ embedding.embed(criteria).T
    return near


def _best(scores: Matrix) -> tuple[float, int | None]:
    """Return the best sentence's score and its place; that of a record without any is 0."""
    if not len(scores):
        return 0.0, None
    at = int(scores.argmax())
    return float(scores[at]), at
