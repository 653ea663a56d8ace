"""Logistic regression over sparse and dense features side by side: Newton's steps, each solved by
conjugate gradients, so that no matrix of all features is ever needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from functions.worker.screening.terms import Sparse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[Any]

_NEWTON_STEPS = 8
_CONJUGATE_STEPS = 25
_CLOSE_ENOUGH = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Rows of words and of numbers; a constant is added for what all rows share."""

    terms: Sparse
    dense: NDArray[Any]

    @property
    def width(self) -> int:
        """How many weights there are."""
        return self.terms.columns + int(self.dense.shape[1]) + 1

    def only(self, rows: NDArray[np.int64]) -> Features:
        """Return some rows."""
        return Features(self.terms.only(rows), self.dense[rows])

    def times(self, weights: Vector) -> Vector:
        """Return each row's product with the weights."""
        split = self.terms.columns
        found: Vector = self.terms.times(weights[:split]) + self.dense @ weights[split:-1]
        found += weights[-1]
        return found

    def sum_of(self, factors: Vector) -> Vector:
        """Return the sum of the rows, each times its factor."""
        import numpy as np  # noqa: PLC0415 - heavy

        constant = np.array([factors.sum()])
        return np.concatenate([self.terms.sum_of(factors), self.dense.T @ factors, constant])


def fit(features: Features, positive: NDArray[np.bool_], *, penalty: float) -> Vector:
    """Return the weights; both answers count the same in sum, however few of one there are."""
    import numpy as np  # noqa: PLC0415 - heavy

    counts = np.where(positive, positive.sum(), (~positive).sum())
    importance = len(positive) / (2 * counts)
    ridge = np.full(features.width, penalty)
    ridge[-1] = _CLOSE_ENOUGH  # the constant is free
    weights = np.zeros(features.width)
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(features.times(weights), -30, 30)))
        slope = features.sum_of(importance * (chance - positive)) + ridge * weights
        curve = importance * chance * (1 - chance)
        step = _solve(features, curve, ridge, -slope)
        weights = weights + step
        if np.abs(step).max() < _CLOSE_ENOUGH:
            break
    return weights


def _solve(features: Features, curve: Vector, ridge: Vector, wanted: Vector) -> Vector:
    """Return x with (features' · curve · features + ridge) x = wanted, about."""
    import numpy as np  # noqa: PLC0415 - heavy

    found = np.zeros(len(wanted))
    rest, direction = wanted, wanted
    size = enough = float(rest @ rest)
    for _ in range(_CONJUGATE_STEPS):
        if size <= enough * _CLOSE_ENOUGH**2:
            break
        image = features.sum_of(curve * features.times(direction)) + ridge * direction
        length = size / float(direction @ image)
        found = found + length * direction
        rest = rest - length * image
        last, size = size, float(rest @ rest)
        direction = rest + size / last * direction
    return found
