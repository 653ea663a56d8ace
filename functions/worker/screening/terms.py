"""Texts as sparse vectors: how often each word occurs, weighed by how rare it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from functions.worker.language.words import characters, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[Any]
    Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """Rows of a matrix, of each only what is not 0."""

    owners: Places
    """Row of each entry."""
    places: Places
    """Column of each entry."""
    values: Vector
    rows: int
    columns: int

    def times(self, vector: Vector) -> Vector:
        """Return each row's product with a vector."""
        import numpy as np  # noqa: PLC0415 - heavy

        return np.bincount(self.owners, self.values * vector[self.places], minlength=self.rows)

    def sum_of(self, weights: Vector) -> Vector:
        """Return the sum of the rows, each times its weight."""
        import numpy as np  # noqa: PLC0415 - heavy

        weighed = self.values * weights[self.owners]
        return np.bincount(self.places, weighed, minlength=self.columns)

    def row(self, at: int) -> Vector:
        """Return one row, whole."""
        import numpy as np  # noqa: PLC0415 - heavy

        found = np.zeros(self.columns)
        mine = self.owners == at
        found[self.places[mine]] = self.values[mine]
        return found


def terms_of(texts: Sequence[str]) -> Sparse:
    """Return rows of length 1 over the words that texts have in common."""
    import numpy as np  # noqa: PLC0415 - heavy

    rows = [Counter([*words(text), *characters(text)]) for text in texts]
    seen = Counter(term for row in rows for term in row)
    place = {term: at for at, term in enumerate(term for term, n in seen.items() if n > 1)}
    entries = [
        (at, place[term], n)
        for at, row in enumerate(rows)
        for term, n in row.items()
        if term in place
    ]
    owners = np.array([at for at, _, _ in entries], dtype=np.int64)
    places = np.array([column for _, column, _ in entries], dtype=np.int64)
    counts = np.array([n for _, _, n in entries], dtype=np.float64)
    rarity = np.zeros(len(place))
    rarity[list(place.values())] = [
        np.log((1 + len(rows)) / (1 + seen[term])) + 1 for term in place
    ]
    values = (1 + np.log(counts)) * rarity[places] if entries else counts
    lengths = np.sqrt(np.bincount(owners, values**2, minlength=len(rows)))
    return Sparse(owners, places, values / lengths[owners], len(rows), len(place))
