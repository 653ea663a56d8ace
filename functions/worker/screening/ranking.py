"""Which references to look at first: most likely relevant ones, learnt from decisions so far.

The criteria are the first thing known. Decisions train a logistic regression on words and on
embeddings; the more of them include something, the less the criteria alone count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from functions.worker.language.embedding import embed
from functions.worker.screening.lexical import Lexical
from functions.worker.screening.logistic import Features, fit
from functions.worker.screening.terms import terms_of
from shared.screening.criteria import Criteria

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[Any]

_PENALTY = 1.0
_EMBEDDING_WEIGHT = 1.0
_CRITERIA_LAST = 5.0
"""With so many included, criteria and decisions count the same."""
_TITLE_COUNTS = 2


class Ranking:
    """The references of one screening; it learns as often as it is asked to."""

    def __init__(
        self, titles: Sequence[str], abstracts: Sequence[str], criteria: Criteria | None
    ) -> None:
        import numpy as np  # noqa: PLC0415 - heavy

        pairs = list(zip(titles, abstracts, strict=True))
        texts = [f"{title}. {abstract}" for title, abstract in pairs]
        weighed = [f"{' '.join([title] * _TITLE_COUNTS)}. {abstract}" for title, abstract in pairs]
        vectors = embed(texts).astype(np.float64)
        # What all texts have in common tells nothing of any.
        vectors -= vectors.mean(axis=0) if len(vectors) else 0.0
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        dense = vectors / np.where(lengths > 0, lengths, 1) * _EMBEDDING_WEIGHT
        self._features = Features(terms_of(weighed), dense)
        self._prior = np.zeros(len(texts)) if criteria is None else prior(texts, criteria)

    def scores(self, included: Sequence[int], excluded: Sequence[int]) -> Vector:
        """Return how relevant each reference is, given the places of those decided on."""
        if not included or not excluded:
            return self._prior
        import numpy as np  # noqa: PLC0415 - heavy

        rows = np.array([*included, *excluded], dtype=np.int64)
        learnt = standard(self._learn(rows, np.arange(len(rows)) < len(included)))
        share = len(included) / (len(included) + _CRITERIA_LAST)
        if not self._prior.any():
            return learnt
        return share * learnt + (1 - share) * self._prior

    def _learn(self, rows: NDArray[np.int64], positive: NDArray[np.bool_]) -> Vector:
        weights = fit(self._features.only(rows), positive, penalty=_PENALTY)
        return self._features.times(weights)


def prior(texts: Sequence[str], criteria: Criteria) -> Vector:
    """Return how well each text fits the criteria, by words and by meaning together."""
    import numpy as np  # noqa: PLC0415 - heavy

    wanted = [each.text for each in criteria.each() if each.kind == "include"]
    lexical = Lexical(texts)
    by_words = [standard(lexical.scores(text)) for text in wanted]
    near = embed(texts) @ embed(wanted).T
    by_meaning = [standard(near[:, at]) for at in range(len(wanted))]
    return standard(standard(np.sum(by_words, axis=0)) + standard(np.sum(by_meaning, axis=0)))


def standard(values: NDArray[Any]) -> Vector:
    """Return the values around 0, in units of their spread."""
    import numpy as np  # noqa: PLC0415 - heavy

    numbers = np.asarray(values, dtype=np.float64)
    spread = numbers.std() if numbers.size else 0.0
    return (numbers - numbers.mean()) / spread if spread > 0 else np.zeros(numbers.shape)
