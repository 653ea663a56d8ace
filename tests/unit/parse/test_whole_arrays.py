"""What whole arrays say of cells is what is said of them one by one."""

from collections import Counter
from datetime import datetime, time, timedelta
from typing import get_args

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.worker.parse.as_texts import texts_of
from functions.worker.parse.cast import cast_column, odd_cells
from functions.worker.parse.cells import ERRORS, as_text
from functions.worker.parse.fits import Evidence
from functions.worker.parse.kinds import KINDS, Kind, kind_of
from functions.worker.parse.strands import strand_of, strands_of
from functions.worker.parse.tallying import tally
from functions.worker.parse.text_kinds import kinds_of_texts
from functions.worker.parse.types import as_asked, choose_type, value_of
from shared.clean.column import ColumnType

TYPED = [
    *("1", "-0", "007", "1.50", "1,234", "12%", "１２．５", "1e5", "1.5e-3", "-", ".5", "１"),
    *("2024-05-06", "2024年5月6日", "2024/5/7 12:30", "12:30:45", "TRUE", "false", "no", "x1", "é"),
    *("9" * 15, "9" * 16, "-" + "9" * 14, "0.1234567890123", "1\n", " 5 ", "tr", "－3"),
    *(
        "1.234",
        "1,234",
        "1.234.567",
        "1.234,56",
        "1,5",
        "12,5%",
        "12.5%",
        "0.123",
        "0,123",
        "-1.234",
    ),
    *("（123）", "(1)", "(1,234.5)", "(x)", "是", "否", " Yes ", "NO", "yess", "真的", "İ"),
    *("5/6/2024", "25/6/2024", "6/25/2024", "31.12.2023 08:15", "31/31/2024", "5/6/24", "5-6-2024"),
    *("6 May 2024", "May 6, 2024", "Mayor 6", "Sept. 5, 2024 10:00", "31 Feb 2024", "1-Jan-2024"),
    *("26:30:00", "-1:00:00", "2024-02-30", "2024-02-28 23:59:59", "0024-01-01", "007.5", "0" * 16),
    *sorted(ERRORS),
]
TEXTS = st.one_of(st.sampled_from(TYPED), st.text(min_size=1).filter(lambda t: not t.isspace()))
NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70),
    st.integers(-100, 100),
    st.floats(allow_nan=False, allow_infinity=False),
)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(9999, 1, 1))  # noqa: DTZ001
CELLS = st.one_of(
    st.none(),
    TEXTS,
    NUMBERS,
    st.booleans(),
    MOMENTS,
    MOMENTS.map(lambda moment: moment.replace(hour=0, minute=0, second=0, microsecond=0)),
    st.times(),
    st.timedeltas(timedelta(days=-5000), timedelta(days=5000)),
)
COLUMNS = st.one_of(
    st.lists(st.one_of(strategy, st.none()), max_size=12)
    for strategy in (TEXTS, NUMBERS, MOMENTS, CELLS, st.sampled_from([*TYPED, 1, 2.5, True]))
)


@given(COLUMNS)
@settings(max_examples=400, deadline=None)
def test_a_column_as_a_whole_is_what_its_cells_are(cells):
    strands, counts = strands_of(cells), tally_of(cells)
    typing = choose_type(counts)
    check(cells, strands, counts, typing)


@given(COLUMNS, st.sampled_from(get_args(ColumnType)), st.booleans(), st.booleans())
@settings(max_examples=400, deadline=None)
def test_so_it_is_in_a_type_that_was_asked_for(cells, wanted, day_first, comma):
    strands, counts = strands_of(cells), tally_of(cells)
    typing = as_asked(wanted, counts, Evidence(asked_order=day_first, asked_mark=comma))
    check(cells, strands, counts, typing)


def tally_of(cells):
    counts = Counter(map(kind_of, cells))
    return Counter({kind: counts[kind] for kind in Kind if counts[kind]})


def check(cells, strands, counts, typing):
    values = cast_column(strands, typing, len(cells))
    odd = {
        int(row): text
        for found in odd_cells(strands, values, 0)
        for row, text in zip(found.rows, found.texts.to_pylist(), strict=True)
    }

    assert tally({3: strands}) == {3: counts}
    expected = [value_of(cell, typing) for cell in cells]
    assert values.to_pylist() == expected
    assert odd == {
        row: as_text(cell)
        for row, (cell, value) in enumerate(zip(cells, expected, strict=True))
        if value is None and cell is not None
    }
    assert len(odd) == sum(counts.values()) - typing.count(counts)


@given(st.lists(CELLS.filter(lambda cell: cell is not None), min_size=1))
@settings(deadline=None)
def test_texts_of_cells_are_written_alike(cells):
    for cell in cells:
        [(strand, array)] = strands_of([cell]).items()
        assert strand is strand_of(cell)
        assert texts_of(strand, array).to_pylist() == [as_text(cell)]


@pytest.mark.parametrize("text", TYPED)
def test_each_text_is_of_the_same_kind(text):
    [code] = kinds_of_texts(pa.array([text]))

    assert KINDS[code] is kind_of(text)
    assert tally({0: strands_of([text, text])})[0] == Counter({kind_of(text): 2})


def test_moments_are_microseconds():
    cells = [datetime.fromisoformat("2024-05-06T07:08:09.123456"), time(1, 2, 3, 4)]

    assert (
        cast_column(strands_of(cells[:1]), choose_type(tally_of(cells[:1])), 1)[0].as_py()
        == (cells[0])
    )
