"""Staging by strands loses nothing."""

from datetime import datetime, time, timedelta

import pytest

from functions.worker.parse.staging import stage, unstage
from functions.worker.parse.strands import cells_of, strands_of

at = datetime.fromisoformat


@pytest.mark.parametrize(
    "cells",
    [
        ["00123", "1.50", None, "x"],
        [1, 2**62, None],
        [1, 2**80],
        [0.1, 1e300, -0.0],
        [1, 2.5, 2**53],
        [True, None, False],
        [at("2024-05-06 07:08:09.123456"), None],
        [time(1, 2, 3, 456)],
        [timedelta(days=-1, microseconds=5)],
        [
            "s1",
            1,
            0.1,
            2**60,
            True,
            False,
            at("1900-01-01"),
            time(0),
            timedelta(1),
            None,
            "#N/A",
        ],
        [2**53 + 1, 0.5],
    ],
)
def test_cells_come_back_as_they_were(cells):
    table = stage({3: strands_of(cells)}, len(cells))
    found = cells_of(unstage(table, 3), len(cells))

    assert found == cells
    numbers = (int, float)
    for before, after in zip(cells, found, strict=True):
        both_numbers = type(before) in numbers and type(after) in numbers
        assert type(before) is type(after) or both_numbers


def test_a_column_that_a_batch_does_not_have_is_blank():
    assert unstage(stage({0: strands_of([1])}, 1), 7) == {}
    assert strands_of([None, None]) == {}
    assert stage({}, 5).num_rows == 5
