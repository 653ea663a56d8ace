"""Correlations against pandas."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.clean.correlation import correlate
from shared.clean.profile import ColumnProfile, Profile
from shared.errors import Unprocessable
from tests.unit.clean.stored import stored

NUMBERS = st.none() | st.integers(-50, 50) | st.integers(10**6, 10**6 + 9)


def profile_of(frame: pd.DataFrame) -> Profile:
    columns = [
        ColumnProfile(
            name=name,
            type="decimal",
            count=0,
            blanks=0,
            odd=0,
            distinct=0,
            top=[],
            mean=None if math.isnan(frame[name].mean()) else float(frame[name].mean()),
        )
        for name in frame
    ]
    return Profile(total_rows=len(frame), columns=columns)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.just(7)), min_size=1, max_size=30))
def test_it_is_what_pandas_finds(store, rows):
    frame = pd.DataFrame(rows, columns=["a", "b", "same"], dtype="float64")
    manifest = stored(
        store, {"a": "integer", "b": "decimal", "same": "integer"}, [list(row) for row in rows]
    )

    found = correlate(store, manifest, profile_of(frame))

    assert found.columns == ["a", "b", "same"]
    expected = frame.corr().to_numpy()
    for row, known in zip(found.r, expected, strict=True):
        for r, other in zip(row, known, strict=True):
            if r is None:
                assert math.isnan(other) or abs(other) <= 1
            else:
                assert r == pytest.approx(other, abs=1e-6)
    both = frame.dropna()
    if len(both) > 1 and both["a"].nunique() > 1 and both["b"].nunique() > 1:
        assert found.r[0][1] is not None
    assert found.r[2] == [None, None, None]


def test_too_much_work_is_refused_before_it_is_begun(store, monkeypatch):
    monkeypatch.setattr("shared.clean.correlation._MOST_WORK", 10)
    manifest = stored(store, {"a": "integer", "b": "integer"}, [[n, n] for n in range(5)])
    frame = pd.DataFrame({"a": range(5), "b": range(5)})

    with pytest.raises(Unprocessable, match="name fewer `columns`"):
        correlate(store, manifest, profile_of(frame))

    assert correlate(store, manifest, profile_of(frame), ["a"]).r == [[1.0]]
