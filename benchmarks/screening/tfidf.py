"""What everybody would try first: TF-IDF and a logistic regression, both scikit-learn's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


class TfidfLogReg:
    """A ranker. Chinese has no blanks between words, so single characters and pairs count there."""

    def __init__(self, texts: Sequence[str]) -> None:
        chinese = sum(not text.isascii() for text in texts) > len(texts) / 2
        self._matrix = TfidfVectorizer(
            analyzer="char" if chinese else "word",
            ngram_range=(1, 2) if chinese else (1, 1),
            stop_words=None if chinese else "english",
            sublinear_tf=True,
        ).fit_transform(texts)

    def __call__(self, included: Sequence[int], excluded: Sequence[int]) -> Sequence[float]:
        """Return each record's probability."""
        rows = [*included, *excluded]
        answers = np.array([1] * len(included) + [0] * len(excluded))
        model = LogisticRegression(class_weight="balanced", max_iter=1000)
        model.fit(self._matrix[rows], answers)
        found: Sequence[float] = model.decision_function(self._matrix)
        return found
