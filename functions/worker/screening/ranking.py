"""Which references to look at first: most likely relevant ones, learnt from decisions so far.

The criteria are the first thing known. The more decisions include something, the less the criteria
alone count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from functions.worker.language.embedding import embed
from functions.worker.screening.learning import Bayes, Resemblance
from functions.worker.screening.lexical import Lexical
from functions.worker.screening.terms import terms_of
from shared.screening.criteria import Criteria

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[Any]

BY_CRITERIA = "builtin-bm25 + builtin-wordllama-256"
BY_DECISIONS = "builtin-bayes + builtin-kernel-ridge"
"""What an order comes from, by name: with decisions, those of what has learnt from them."""

_CRITERIA_LAST = 2.0
"""With so many included, criteria and decisions count the same."""


class Ranking:
    """The references of one screening; it learns as often as it is asked to."""

    def __init__(
        self, titles: Sequence[str], abstracts: Sequence[str], criteria: Criteria | None
    ) -> None:
        import numpy as np  # noqa: PLC0415 - heavy

        texts = [f"{title}. {text}" for title, text in zip(titles, abstracts, strict=True)]
        terms = terms_of(texts)
        self._learners = (Bayes(terms), Resemblance(terms))
        self._prior = np.zeros(len(texts)) if criteria is None else prior(texts, criteria)

    def scores(self, included: Sequence[int], excluded: Sequence[int]) -> Vector:
        """Return how relevant each reference is, given the places of those decided on.

        With no decision of one of the two kinds there is nothing to learn from.
        """
        if not included or not excluded:
            return self._prior
        import numpy as np  # noqa: PLC0415 - heavy

        opinions = [standard(each.scores(included, excluded)) for each in self._learners]
        learnt = standard(np.sum(opinions, axis=0))
        if not self._prior.any():
            return learnt
        share = len(included) / (len(included) + _CRITERIA_LAST)
        return share * learnt + (1 - share) * self._prior


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
