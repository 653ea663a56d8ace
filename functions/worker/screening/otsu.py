"""Where to cut a row of scores in two, when nothing else is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS = 64


def cut(scores: NDArray[Any]) -> float:
    """Return the bound that splits the scores into the two most different groups (Otsu)."""
    import numpy as np  # noqa: PLC0415 - heavy

    if not scores.size or scores.min() == scores.max():
        return float(scores.max()) if scores.size else 0.0
    counts, edges = np.histogram(scores, bins=_STEPS)
    middles = (edges[:-1] + edges[1:]) / 2
    below, above = np.cumsum(counts), counts.sum() - np.cumsum(counts)
    sums = np.cumsum(counts * middles)
    means_below = sums / np.maximum(below, 1)
    means_above = (sums[-1] - sums) / np.maximum(above, 1)
    between = below * above * (means_above - means_below) ** 2
    return float(edges[1 + int(np.argmax(between))])
