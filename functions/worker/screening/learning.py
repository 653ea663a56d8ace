"""Two learners that see the same words in different ways, and do well with few examples.

Naive Bayes adds up what each word says. Kernel ridge regression goes by whole texts that resemble
one another, so it can tell apart records that have only one of two things that must come together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from functions.worker.screening.terms import Sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[Any]

_SMOOTHING = 38.0
"""Words that naive Bayes takes to be seen before any example, over the whole vocabulary."""
_NARROW = 2.0
_RIDGE = 0.3
_MOST_EXCLUDED = 1000
"""That kernels look at: the last ones, which were the hardest to tell."""


class Bayes:
    """Naive Bayes over weighed words."""

    def __init__(self, terms: Sparse) -> None:
        self._terms = terms

    def scores(self, included: Sequence[int], excluded: Sequence[int]) -> Vector:
        """Return the log odds of each row."""
        import numpy as np  # noqa: PLC0415 - heavy

        smooth = _SMOOTHING / max(1, self._terms.columns)
        log_share = []
        for rows in (included, excluded):
            chosen = np.zeros(self._terms.rows)
            chosen[list(rows)] = 1
            seen = self._terms.sum_of(chosen) + smooth
            log_share.append(np.log(seen / seen.sum()))
        return self._terms.times(log_share[0] - log_share[1])


class Resemblance:
    """Kernel ridge regression; a Gaussian of the angle between two rows is the kernel."""

    def __init__(self, terms: Sparse) -> None:
        self._terms = terms
        self._kernels: dict[int, Vector] = {}

    def scores(self, included: Sequence[int], excluded: Sequence[int]) -> Vector:
        """Return a number for each row, around 1 for what resembles the included ones."""
        import numpy as np  # noqa: PLC0415 - heavy

        recent = list(excluded)[-_MOST_EXCLUDED:]
        rows = [*included, *recent]
        wanted = np.array([1.0] * len(included) + [-1.0] * len(recent))
        # Both answers count the same, however few of one there are.
        counts = np.where(wanted > 0, len(included), len(recent))
        kernels = np.stack([self._kernel(row) for row in rows])
        ridge = np.diag(_RIDGE * 2 * counts / len(rows))
        weights = np.linalg.solve(kernels[:, rows] + ridge, wanted)
        found: Vector = weights @ kernels
        return found

    def _kernel(self, row: int) -> Vector:
        import numpy as np  # noqa: PLC0415 - heavy

        if row not in self._kernels:
            angle = self._terms.times(self._terms.row(row))
            self._kernels[row] = np.exp(_NARROW * (angle - 1)).astype(np.float32)
        return self._kernels[row]
