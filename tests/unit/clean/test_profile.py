"""The figures of each column."""

import io
import statistics
from datetime import time, timedelta

import openpyxl
import pytest

from shared.clean.manifest import read_manifest
from shared.clean.profile import read_profile

NUMBERS = [3.5, 1.25, 8, 8, 2, 7.75, 0.5, 4, 4.5, 6]


@pytest.fixture
def profile(driver):
    lines = ["id,value,day,when,ok,word,const"]
    for n, value in enumerate(NUMBERS):
        shown = "" if n == 4 else value
        lines.append(
            f"{n or 'ND'},{shown},2024-05-{n + 1:02},2024-05-06 {n:02}:30:00,"
            f"{n % 2 == 0},{'aabbbcdefg'[n]},7"
        )
    result = driver.parse("\n".join(lines).encode())
    manifest = read_manifest(driver.store, result.clean_data_key)
    found = read_profile(driver.store, manifest.profile_key)
    assert found.total_rows == len(NUMBERS)
    return {column.name: column for column in found.columns}


def test_numbers(profile):
    values = [value for n, value in enumerate(NUMBERS) if n != 4]
    column = profile["value"]

    assert (column.count, column.blanks, column.odd, column.distinct) == (9, 1, 0, 8)
    assert (column.min, column.max) == (0.5, 8.0)
    assert column.mean == pytest.approx(statistics.mean(values))
    assert column.sd == pytest.approx(statistics.stdev(values))
    assert column.quantiles["0.5"] == statistics.median(values)
    assert list(column.quantiles) == ["0.05", "0.25", "0.5", "0.75", "0.95"]
    assert sum(column.histogram.counts) == 9
    assert (column.histogram.edges[0], column.histogram.edges[-1]) == (0.5, 8.0)
    assert (column.top[0].value, column.top[0].count) == (8.0, 2)


def test_odd_cells_are_no_values(profile):
    column = profile["id"]

    assert (column.count, column.blanks, column.odd, column.min) == (9, 0, 1, 1)


def test_dates_and_moments(profile):
    day, when = profile["day"], profile["when"]

    assert (day.min, day.max, day.mean) == ("2024-05-01", "2024-05-10", None)
    assert day.quantiles["0.5"] == "2024-05-05"
    assert day.histogram.edges[:2] == ["2024-05-01", "2024-05-02"]
    assert day.histogram.counts == [1] * 10
    assert (when.min, when.max) == ("2024-05-06T00:30:00", "2024-05-06T09:30:00")
    assert sum(when.histogram.counts) == 10


def test_texts_and_booleans(profile):
    word, ok = profile["word"], profile["ok"]

    assert [(top.value, top.count) for top in word.top[:3]] == [("b", 3), ("a", 2), ("c", 1)]
    assert (word.distinct, word.min, word.mean, word.histogram) == (7, None, None, None)
    assert [(top.value, top.count) for top in ok.top] == [(True, 5), (False, 5)]
    assert (ok.min, ok.max) == (False, True)


def test_a_column_of_one_value_has_no_histogram(profile):
    column = profile["const"]

    assert (column.distinct, column.sd, column.histogram) == (1, 0.0, None)


def test_blank_columns_times_and_durations(driver):
    book = openpyxl.Workbook()
    book.active.append(["blank", "at", "took", "big"])
    for n in range(3):
        book.active.append([None, time(n + 1, 30), timedelta(hours=24 * n + 1), 10.0**300 * n])
    file = io.BytesIO()
    book.save(file)
    result = driver.parse(file.getvalue())
    manifest = read_manifest(driver.store, result.clean_data_key)
    found = read_profile(driver.store, manifest.profile_key)
    blank, at, took, big = found.columns

    assert (blank.type, blank.count, blank.blanks, blank.top) == ("text", 0, 3, [])
    assert (at.min, at.max, at.quantiles["0.5"]) == ("01:30:00", "03:30:00", "02:30:00")
    assert (took.min, took.max, took.mean) == ("1:00:00", "49:00:00", 25 * 3600)
    assert took.quantiles["0.5"] == "25:00:00"
    assert big.max == 2e300
    assert sum(big.histogram.counts) == 3
