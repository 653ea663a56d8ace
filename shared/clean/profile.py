"""What is in each column: computed once by the worker, read by status."""

from __future__ import annotations

from pydantic import NonNegativeInt

from shared.clean.camel import CamelModel
from shared.clean.column import ColumnType
from shared.clean.values import Json
from shared.storage import Store


class Count(CamelModel):
    """A value and how often it occurs."""

    value: Json
    count: NonNegativeInt


class Histogram(CamelModel):
    """`counts[i]` values lie from `edges[i]` up to `edges[i + 1]`; the last edge is included."""

    edges: list[Json]
    counts: list[NonNegativeInt]


class ColumnProfile(CamelModel):
    """A column in figures. Odd cells count as odd and nowhere else.

    None where a figure has no meaning for the type. Durations are measured in seconds.
    """

    name: str
    type: ColumnType
    count: NonNegativeInt
    blanks: NonNegativeInt
    odd: NonNegativeInt
    distinct: NonNegativeInt
    min: Json = None
    max: Json = None
    mean: float | None = None
    sd: float | None = None
    """The sample's: divided by count - 1; None for a single value."""
    quantiles: dict[str, Json] | None = None
    """By probability: 0.05, 0.25, 0.5, 0.75, 0.95; interpolated for numbers."""
    histogram: Histogram | None = None
    top: list[Count]
    """The most frequent values, most frequent first."""


class Correlation(CamelModel):
    """Pearson's r: `r[i][j]` tells how `columns[i]` and `columns[j]` go together.

    Over the rows that have a number in both; None where that tells nothing.
    """

    columns: list[str]
    r: list[list[float | None]]


class Profile(CamelModel):
    """All columns, in their order; the correlation is there when it was asked for."""

    total_rows: NonNegativeInt
    columns: list[ColumnProfile]
    correlation: Correlation | None = None


def write_profile(store: Store, key: str, profile: Profile) -> None:
    """Write the profile of clean data."""
    store.create(key, profile.model_dump_json().encode(), "application/json")


def read_profile(store: Store, key: str) -> Profile:
    """Read a profile by the manifest's `profile_key`; raises ObjectMissing."""
    return Profile.model_validate_json(store.read(key))
