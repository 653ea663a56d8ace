"""How columns of numbers go together: Pearson's r of each pair, over the rows that have both."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.clean.compute import cells_of
from shared.clean.manifest import Manifest
from shared.clean.profile import Correlation, Profile
from shared.clean.scan import scan
from shared.clean.selection import positions_of
from shared.errors import Unprocessable
from shared.storage import Store

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_NUMBERS: Final = ("integer", "decimal")
_MOST_WORK: Final = 20_000_000_000
"""Rows × columns²: some seconds."""
_ROUNDING: Final = 1e-12
_DOUBTFUL: Final = 1e-6
"""Of a sum of squares: what is left when the mean's share has been taken away."""


def correlate(
    store: Store, manifest: Manifest, profile: Profile, names: Sequence[str] | None = None
) -> Correlation:
    """Compute the matrix in one pass, or two, a few parts in memory at a time.

    Without `names`, all columns of numbers. Raises Unprocessable for others, and for too many.
    """
    positions = _positions(manifest, names)
    if manifest.total_rows * len(positions) ** 2 > _MOST_WORK:
        raise Unprocessable(
            f"Correlating {len(positions):,} columns over {manifest.total_rows:,} rows would take "
            "too long: name fewer `columns`."
        )
    found: list[list[float | None]] = []
    if positions:
        sums = _Sums(len(positions), [_centre(profile, position) for position in positions])
        for stretch in scan(store, manifest, positions):
            sums.add(_numbers(stretch.table, len(positions)))
        found = sums.correlations()
        for pair, r in _of_pairs(store, manifest, positions, sums.doubtful()).items():
            found[pair[0]][pair[1]] = found[pair[1]][pair[0]] = r
    return Correlation(columns=[manifest.columns[position].name for position in positions], r=found)


def _positions(manifest: Manifest, names: Sequence[str] | None) -> list[int]:
    found = positions_of(manifest.columns, names)
    numbers = [place for place in found if manifest.columns[place].type in _NUMBERS]
    for place in found:
        if names is not None and place not in numbers:
            column = manifest.columns[place]
            raise Unprocessable(
                f"Column {column.name!r} holds values of type {column.type}: only integers and "
                "decimals are correlated."
            )
    return numbers


def _centre(profile: Profile, position: int) -> float:
    """Return a column's mean: numbers near zero lose no digits when they are squared."""
    return profile.columns[position].mean or 0.0


def _numbers(table: pa.Table, width: int) -> np.ndarray[Any, Any]:
    """Return a matrix of a row per row; blanks are nan."""
    import numpy as np  # noqa: PLC0415

    columns = [
        cells_of(table, index).cast("double").to_numpy(zero_copy_only=False)
        for index in range(width)
    ]
    return np.column_stack(columns)


_Pair = tuple[int, int]


def _of_pairs(
    store: Store,
    manifest: Manifest,
    positions: Sequence[int],
    means: Mapping[_Pair, tuple[float, float]],
) -> dict[_Pair, float | None]:
    """Return r of the pairs once more, from their own means and so without loss."""
    import numpy as np  # noqa: PLC0415

    if not means:
        return {}
    used = sorted({column for pair in means for column in pair})
    sums = {pair: np.zeros(4) for pair in means}
    for stretch in scan(store, manifest, [positions[column] for column in used]):
        numbers = _numbers(stretch.table, len(used))
        for pair, centres in means.items():
            both = numbers[:, [used.index(column) for column in pair]] - centres
            left, right = both[~np.isnan(both).any(axis=1)].T
            sums[pair] += [left @ left, right @ right, left @ right, len(left)]
    return {pair: _r(sums[pair].tolist(), centres) for pair, centres in means.items()}


def _r(sums: Sequence[float], centres: tuple[float, float]) -> float | None:
    left, right, together, count = sums
    for squares, centre in zip((left, right), centres, strict=True):
        if squares <= count * (_ROUNDING * centre) ** 2:
            return None
    return max(-1.0, min(together / (math.sqrt(left) * math.sqrt(right)), 1.0))


class _Sums:
    """For each pair of columns, over the rows that have both: count, sums, squares, products."""

    def __init__(self, width: int, centres: Sequence[float]) -> None:
        import numpy as np  # noqa: PLC0415

        self._centres = np.array(centres)
        self._counts, self._sums, self._squares, self._products = np.zeros((4, width, width))

    def add(self, numbers: np.ndarray[Any, Any]) -> None:
        """Take some more rows into account."""
        import numpy as np  # noqa: PLC0415

        centred = numbers - self._centres
        present = ~np.isnan(centred)
        centred[~present] = 0.0
        there = present.astype(np.float64)
        self._counts += there.T @ there
        self._sums += centred.T @ there
        self._squares += (centred * centred).T @ there
        self._products += centred.T @ centred

    def correlations(self) -> list[list[float | None]]:
        """Return r; None where fewer than two rows have both, or one of the columns is constant."""
        import numpy as np  # noqa: PLC0415

        counts = self._counts
        spread = self._spread()
        together = counts * self._products - self._sums * self._sums.T
        # What is left of a constant column is the error of rounding.
        constant = spread <= _ROUNDING * counts * self._squares
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            r = np.clip(together / np.sqrt(spread * spread.T), -1.0, 1.0)
        known = ~(constant | constant.T) & np.isfinite(r)
        shown: Any = r.astype(object)
        shown[~known] = None
        found: list[list[float | None]] = shown.tolist()
        return found

    def doubtful(self) -> dict[_Pair, tuple[float, float]]:
        """Return the means of pairs whose rows lie together far from the columns' own means.

        Of their small spread too few digits are left.
        """
        import numpy as np  # noqa: PLC0415

        few = self._spread() <= _DOUBTFUL * self._counts * self._squares
        # A constant column's numbers are near its mean as well, as far as a float can tell.
        scale = np.maximum(np.abs(self._centres), 1e-300)[:, None]
        far = self._squares > self._counts * (_ROUNDING * scale) ** 2
        left, right = np.nonzero(np.triu((few & far) | (few & far).T, k=1))
        means = self._centres[:, None] + self._sums / np.maximum(self._counts, 1)
        return {
            (int(a), int(b)): (float(means[a, b]), float(means[b, a]))
            for a, b in zip(left, right, strict=True)
            if self._counts[a, b] > 1
        }

    def _spread(self) -> np.ndarray[Any, Any]:
        found: np.ndarray[Any, Any] = self._counts * self._squares - self._sums**2
        return found
