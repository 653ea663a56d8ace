"""The figures of a column's profile."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shared.clean.column import Column
from shared.clean.profile import ColumnProfile, Count, Histogram
from shared.clean.values import Json, json_value

PROBABILITIES = (0.05, 0.25, 0.5, 0.75, 0.95)
BINS = 20
TOP = 10
_ORDERED = ("integer", "decimal", "date", "datetime", "time", "duration")
_SECONDS = 1_000_000


def profile_column(column: Column, values: pa.ChunkedArray[Any]) -> ColumnProfile:
    """Return the figures of one column; `values` are all its cells, blank and odd ones null."""
    present = values.drop_null()
    figures: dict[str, Any] = {}
    numbers = None
    if len(present) and column.type != "text":
        figures |= _extremes(present)
    if len(present) and column.type in _ORDERED:
        numbers = np.sort(_as_numbers(present))
        figures |= _spread(column, present.type, numbers)
    all_differ = numbers is not None and (numbers[1:] != numbers[:-1]).all()
    distinct, top = _first(present) if all_differ else _top(present)
    return ColumnProfile(
        name=column.name,
        type=column.type,
        count=len(present),
        blanks=column.blanks,
        odd=column.odd,
        distinct=distinct,
        top=[Count(value=json_value(value), count=count) for value, count in top],
        **figures,
    )


def _extremes(present: pa.ChunkedArray[Any]) -> dict[str, Json]:
    return {end: json_value(value) for end, value in _min_max(present).items()}


def _min_max(present: pa.ChunkedArray[Any]) -> dict[str, Any]:
    kind = present.type
    if pa.types.is_duration(kind):  # Arrow has no min_max for durations
        present = present.cast(pa.int64())
    found: Any = pc.min_max(present)
    return {end: found[end].cast(kind).as_py() for end in ("min", "max")}


def _first(present: pa.ChunkedArray[Any]) -> tuple[int, Iterable[tuple[Any, int]]]:
    """Say of values that all differ what `_top` says, without counting them."""
    return len(present), ((value, 1) for value in present[:TOP].to_pylist())


def _top(present: pa.ChunkedArray[Any]) -> tuple[int, Iterable[tuple[Any, int]]]:
    """Return how many values are distinct, and the TOP; of equals the sheet's first come first."""
    counts: Any = present.value_counts()
    times = counts.field("counts").to_numpy(zero_copy_only=False)
    most = _most_frequent(times)
    values = counts.field("values").take(pa.array(most, type=pa.int64()))
    return len(counts), zip(values.to_pylist(), times[most].tolist(), strict=True)


def _most_frequent(times: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the places of the TOP largest without sorting all; the first of equals come first."""
    least = np.partition(times, -TOP)[-TOP] if len(times) > TOP else 0
    more = np.flatnonzero(times > least)
    more = more[np.argsort(-times[more], kind="stable")]
    return np.concatenate([more, np.flatnonzero(times == least)])[:TOP]


def _spread(column: Column, kind: pa.DataType, numbers: np.ndarray[Any, Any]) -> dict[str, Any]:
    """The numbers are sorted."""
    figures: dict[str, Any] = {
        "quantiles": _quantiles(column, kind, numbers),
        "histogram": _histogram(column, kind, numbers),
    }
    if column.type in ("integer", "decimal", "duration"):
        scale = _SECONDS if column.type == "duration" else 1
        floats = numbers.astype(np.float64) / scale
        with np.errstate(over="ignore", invalid="ignore"):
            figures["mean"] = _finite(floats.mean())
            figures["sd"] = _finite(floats.std(ddof=1)) if len(floats) > 1 else None
    return figures


def _as_numbers(present: pa.ChunkedArray[Any]) -> np.ndarray[Any, Any]:
    """Days for dates, microseconds for moments and durations."""
    kind = present.type
    if pa.types.is_date32(kind):
        present = present.cast(pa.int32())
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        present = present.cast(pa.int64())
    return present.to_numpy()


def _quantiles(column: Column, kind: pa.DataType, numbers: np.ndarray[Any, Any]) -> dict[str, Json]:
    exact = column.type in ("integer", "decimal")
    found = _linear(numbers) if exact else _lower(numbers)
    values = [_finite(value) for value in found] if exact else _back(found, kind)
    return {str(p): value for p, value in zip(PROBABILITIES, values, strict=True)}


def _lower(numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return values that are there; the numbers are sorted."""
    found: np.ndarray[Any, Any] = numbers[[int(p * (len(numbers) - 1)) for p in PROBABILITIES]]
    return found


def _linear(numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Interpolate between the two values next to each probability's place."""
    places = np.array(PROBABILITIES) * (len(numbers) - 1)
    below = np.floor(places).astype(np.int64)
    low = numbers[below].astype(np.float64)
    high = numbers[np.minimum(below + 1, len(numbers) - 1)].astype(np.float64)
    share = places - below
    # Weighted, not by the difference, which may be beyond a float.
    found: np.ndarray[Any, Any] = np.where(low == high, low, low * (1 - share) + high * share)
    return found


def _histogram(
    column: Column, kind: pa.DataType, numbers: np.ndarray[Any, Any]
) -> Histogram | None:
    low, high = float(numbers[0]), float(numbers[-1])
    if low == high or not math.isfinite(high - low):
        return None
    edges = _edges(column, low, high)
    below = np.searchsorted(numbers, edges)
    below[-1] = len(numbers)
    counts = np.diff(below)
    shown = edges.tolist() if column.type in ("integer", "decimal") else _back(edges, kind)
    return Histogram(edges=shown, counts=counts.tolist())


def _edges(column: Column, low: float, high: float) -> np.ndarray[Any, Any]:
    """Whole numbers and days get whole edges, so that every bin is as wide as the next."""
    if column.type == "decimal":
        return np.linspace(low, high, BINS + 1)
    width = max(math.ceil((high - low + 1) / BINS), 1)
    bins = math.ceil((high - low + 1) / width)
    return low + width * np.arange(bins + 1, dtype=np.float64)


def _back(numbers: np.ndarray[Any, Any], kind: pa.DataType) -> list[Json]:
    """Return days or microseconds as the dates, times or durations that they stand for."""
    storage = pa.int32() if pa.types.is_date32(kind) else pa.int64()
    if pa.types.is_time64(kind):
        numbers = np.minimum(numbers, 86_400 * _SECONDS - 1)
    values: Any = pa.array(numbers.astype(np.int64), type=pa.int64()).cast(storage).cast(kind)
    return [json_value(value) for value in values.to_pylist()]


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
