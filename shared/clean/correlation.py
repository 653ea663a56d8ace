"""How columns of numbers go together: Pearson's r of each pair, over the rows that have both."""

from __future__ import annotations

from collections.abc import Sequence
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


def correlate(
    store: Store, manifest: Manifest, profile: Profile, names: Sequence[str] | None = None
) -> Correlation:
    """Compute the matrix in one pass, a few parts in memory at a time.

    Without `names`, all columns of numbers. Raises Unprocessable for others, and for too many.
    """
    positions = _positions(manifest, names)
    if manifest.total_rows * len(positions) ** 2 > _MOST_WORK:
        raise Unprocessable(
            f"Correlating {len(positions):,} columns over {manifest.total_rows:,} rows would take "
            "too long: name fewer `columns`."
        )
    sums: _Sums | None = None
    if positions:
        sums = _Sums(len(positions), [_centre(profile, position) for position in positions])
        for stretch in scan(store, manifest, positions):
            sums.add(_numbers(stretch.table, len(positions)))
    return Correlation(
        columns=[manifest.columns[position].name for position in positions],
        r=sums.correlations() if sums else [],
    )


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
        spread = counts * self._squares - self._sums**2
        together = counts * self._products - self._sums * self._sums.T
        # What is left of a constant column is the error of rounding.
        constant = spread <= 1e-12 * counts * self._squares
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            r = np.clip(together / np.sqrt(spread * spread.T), -1.0, 1.0)
        known = ~(constant | constant.T) & np.isfinite(r)
        shown: Any = r.astype(object)
        shown[~known] = None
        found: list[list[float | None]] = shown.tolist()
        return found
