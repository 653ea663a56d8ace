"""Filters and sort keys against pandas, on random tables written without Sluice's own parser."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.clean.manifest import Manifest
from shared.clean.values import json_value
from shared.errors import Unprocessable
from tests.unit.clean.pages import page_of, read_page
from tests.unit.clean.stored import VALUES, WORDS, Odd, stored

PROPERTY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ORDER = {"lt": "__lt__", "le": "__le__", "gt": "__gt__", "ge": "__ge__"}


def numbers(store, manifest: Manifest, **wanted: Any) -> list[int]:
    """Row numbers of a page, which the tables have in their last column."""
    found = page_of(store, manifest, columns=["row"], **wanted)
    return [row[0] for row in found.rows]  # type: ignore[misc]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[Any], Any]:
    """A type, a column of it with blanks, and a value to compare with."""
    kind = draw(st.sampled_from(list(VALUES)))
    cells = draw(st.lists(st.none() | VALUES[kind], min_size=1, max_size=25))
    present = [cell for cell in cells if cell is not None]
    value = draw(VALUES[kind] | st.sampled_from(present)) if present else draw(VALUES[kind])
    return kind, cells, value


def written(value: Any) -> str:
    """A value as a caller writes it."""
    shown = json_value(value)
    return str(shown).lower() if isinstance(shown, bool) else str(shown)


@PROPERTY
@given(tables())
def test_comparisons_agree_with_pandas(store, drawn):
    kind, cells, value = drawn
    manifest = stored(
        store, {"列 x": kind, "row": "integer"}, [[c, n] for n, c in enumerate(cells)]
    )
    series = pd.Series(cells, dtype=object)
    present = series.notna()
    ops = {"eq": "__eq__"} | ({} if kind == "boolean" else ORDER)
    for op, method in ops.items():
        expected = [
            n for n, c in enumerate(cells) if present[n] and getattr(c, method)(value) is True
        ]
        text = f"列 x:{op}:{written(value)}"
        assert numbers(store, manifest, filters=[text]) == expected, text
        assert page_of(store, manifest, filters=[text], limit=1).matched_rows == len(expected)
    unequal = [n for n, c in enumerate(cells) if not present[n] or c != value]
    assert numbers(store, manifest, filters=[f"列 x:ne:{written(value)}"]) == unequal
    blank = series.index[series.isna()].tolist()
    assert numbers(store, manifest, filters=["列 x:isblank"]) == blank
    assert numbers(store, manifest, filters=["列 x:notblank"]) == series.index[present].tolist()


@PROPERTY
@given(st.lists(st.none() | WORDS, min_size=1, max_size=25), st.text("aäÄ北%.", max_size=2))
def test_texts_are_found_like_pandas_finds_them(store, cells, part):
    manifest = stored(store, {"s": "text", "row": "integer"}, [[c, n] for n, c in enumerate(cells)])
    lower = pd.Series(cells, dtype="str").str.lower()
    has = lower.str.contains(part.lower(), regex=False).fillna(value=False)
    starts = lower.str.startswith(part.lower()).fillna(value=False)

    assert numbers(store, manifest, filters=[f"s:contains:{part}"]) == lower.index[has].tolist()
    assert (
        numbers(store, manifest, filters=[f"s:startswith:{part}"]) == lower.index[starts].tolist()
    )


@PROPERTY
@given(
    st.lists(
        st.tuples(st.none() | st.integers(-2, 2), st.none() | st.sampled_from("abA北")),
        min_size=1,
        max_size=40,
    ),
    st.lists(st.sampled_from(["n", "-n", "s", "-s"]), min_size=1, max_size=3),
    st.integers(0, 30),
    st.integers(1, 12),
    st.booleans(),
)
def test_pages_in_order_agree_with_pandas(store, rows, sort, offset, limit, filtered):
    manifest = stored(
        store,
        {"n": "integer", "s": "text", "row": "integer"},
        [[n, s, row] for row, (n, s) in enumerate(rows)],
    )
    frame = pd.DataFrame(rows, columns=["n", "s"]).astype({"n": "Int64", "s": "object"})
    frame["row"] = range(len(rows))
    if filtered:
        frame = frame[frame["n"].gt(-1).fillna(value=False)]
    for key in reversed(
        first_of_each(sort)
    ):  # least important first: each sort keeps what is equal in place
        frame = frame.sort_values(
            key.lstrip("-"), ascending=not key.startswith("-"), kind="stable", na_position="last"
        )
    wanted = {"sort": [",".join(sort)], "filters": ["n:gt:-1"] if filtered else []}

    found = numbers(store, manifest, offset=offset, limit=limit, **wanted)

    assert found == frame["row"].tolist()[offset : offset + limit]


def first_of_each(sort: list[str]) -> list[str]:
    """Of several keys of a column the first one counts."""
    found: dict[str, str] = {}
    for key in sort:
        found.setdefault(key.lstrip("-"), key)
    return list(found.values())


def test_more_rows_than_are_kept_for_sorting(store, monkeypatch):
    monkeypatch.setattr("shared.clean.view._SPARE_ROWS", 5)
    values = [(n * 7919) % 101 for n in range(101)]
    manifest = stored(
        store, {"v": "integer", "row": "integer"}, [[v, n] for n, v in enumerate(values)]
    )

    found = page_of(store, manifest, sort=["-v"], offset=3, limit=4)

    assert [row[0] for row in found.rows] == [97, 96, 95, 94]
    assert found.matched_rows == 101


@pytest.fixture
def people(store) -> Manifest:
    rows = [
        ["Ann", 31, date(2024, 5, 6), time(8, 30), timedelta(hours=26), 0],
        ["bob", Odd("unknown"), None, None, None, 1],
        [Odd("#N/A"), None, date(2023, 1, 1), time(23), timedelta(minutes=5), 2],
        ["李四,王五", 27, date(2024, 5, 6), time(8, 30), timedelta(hours=26), 3],
        [None, 40, None, None, None, 4],
    ]
    types = {
        "name: full": "text",
        "年龄": "integer",
        "day": "date",
        "at": "time",
        "took": "duration",
    }
    return stored(store, {**types, "row": "integer"}, rows)


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (["name: full:eq:Ann"], [0]),
        (["name: full:eq:ann"], []),
        (["name: full:contains:B"], [1]),
        (["name: full:startswith:#n"], [2]),
        (['name: full:in:Ann,"李四,王五"'], [0, 3]),
        (["name: full:isblank"], [4]),
        (["name: full:notblank"], [0, 1, 2, 3]),
        (["年龄:ge:27", "年龄:lt:40"], [0, 3]),
        (["年龄:ge:2.7e1"], [0, 3, 4]),
        (["年龄:ne:27"], [0, 1, 2, 4]),
        (["年龄:isblank"], [2]),
        (["年龄:in:27, 40"], [3, 4]),
        (["day:eq:2024-05-06"], [0, 3]),
        (["day:lt:2024-01-01"], [2]),
        (["at:eq:08:30"], [0, 3]),
        (["at:gt:08:30:00"], [2]),
        (["took:ge:26:00:00"], [0, 3]),
        (["took:lt:0:06"], [2]),
        (["took:in:0:05:00"], [2]),
        ([], [0, 1, 2, 3, 4]),
    ],
)
def test_filters(store, people, filters, rows):
    assert numbers(store, people, filters=filters, sort=["row"]) == rows


def test_odd_cells_of_a_text_are_sorted_as_the_texts_that_they_are(store, people):
    assert numbers(store, people, sort=["name: full"]) == [2, 0, 1, 3, 4]
    assert numbers(store, people, sort=["-name: full"]) == [3, 1, 0, 2, 4]
    assert numbers(store, people, sort=["年龄"]) == [3, 0, 4, 1, 2]


def test_rows_show_their_odd_cells_wherever_they_come_to_stand(store, people):
    found = page_of(store, people, sort=["-row"], columns=["年龄", "name: full"])

    assert found.rows == [
        [40, None],
        [27, "李四,王五"],
        [None, "#N/A"],
        ["unknown", "bob"],
        [31, "Ann"],
    ]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"filters": ["Age:gt:1"]}, r"no column 'Age'\. The columns are: name: full, 年龄, day"),
        ({"sort": ["-Age"]}, r"no column 'Age'"),
        ({"columns": ["row", "Age"]}, r"no column 'Age'"),
        ({"filters": ["年龄"]}, r"'年龄' is no filter: write column:op:value"),
        ({"filters": ["年龄:above:5"]}, r"'above' is nothing to filter by: use one of eq, ne, lt"),
        ({"filters": ["年龄:gt"]}, r"gt needs a value: write 年龄:gt:value"),
        ({"filters": ["年龄:isblank:no"]}, r"isblank takes no value: write 年龄:isblank"),
        (
            {"filters": ["年龄:gt:old"]},
            r"'old' cannot be compared .* type integer, so give a whole",
        ),
        ({"filters": ["年龄:gt:1.5"]}, r"a whole number, such as 42"),
        ({"filters": [f"年龄:gt:{2**63}"]}, r"a whole number"),
        ({"filters": ["年龄:gt:1e999999999"]}, r"a whole number"),
        ({"filters": ["年龄:gt:NaN"]}, r"a whole number"),
        ({"filters": ["day:gt:06.05.2024"]}, r"a date, such as 2024-05-06"),
        ({"filters": ["at:gt:8h"]}, r"a time of day, such as 07:08:09"),
        ({"filters": ["took:gt:1 day"]}, r"in hours, minutes and seconds, such as 26:30:00"),
        ({"filters": ["年龄:contains:3"]}, r"contains is for columns of text, and '年龄' holds"),
        ({"filters": ['年龄:in:"1']}, r"is no list: separate values by commas"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(store, people, wanted, said):
    with pytest.raises(Unprocessable, match=said):
        page_of(store, people, **wanted)


def test_a_zone_or_an_order_of_truths_is_refused(store):
    manifest = stored(
        store,
        {"ok": "boolean", "when": "datetime"},
        [[True, datetime.now(UTC).replace(tzinfo=None)]],
    )
    with pytest.raises(Unprocessable, match="neither is less: use eq or ne"):
        page_of(store, manifest, filters=["ok:lt:true"])
    with pytest.raises(Unprocessable, match="a moment, such as 2024-05-06T07:08:09"):
        page_of(store, manifest, filters=["when:lt:2024-05-06T07:08:09Z"])


def test_row_groups_that_cannot_match_are_not_read(store, monkeypatch):
    manifest = stored(
        store, {"v": "integer", "row": "integer"}, [[n // 3, n] for n in range(30)], group=3
    )
    read: list[int] = []
    real = pq.ParquetFile.read_row_group

    def watched(self, number, **options):
        read.append(number)
        return real(self, number, **options)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", watched)

    assert numbers(store, manifest, filters=["v:eq:7"]) == [21, 22, 23]
    assert read == [1, 1]  # once for its numbers and once for its rows


def test_names_with_signs_and_commas_can_be_sorted_by(store):
    manifest = stored(
        store,
        {"a,b": "integer", "-c": "integer", "row": "integer"},
        [[1, 2, 0], [1, 1, 1], [0, 3, 2]],
    )

    assert numbers(store, manifest, sort=["a,b", "-c"]) == [2, 1, 0]
    assert numbers(store, manifest, sort=["--c"]) == [2, 0, 1]
    assert numbers(store, manifest, sort=["-a,b"]) == [0, 1, 2]


def test_read_page_gives_the_same_as_values(driver):
    result = driver.parse(b"n,s\n3,c\n1,a\n2,b\n")

    found = read_page(driver.store, result.clean_data_key, offset=0, limit=2, sort=["-n"])

    assert (found.rows, found.matched_rows) == ([[3, "c"], [2, "b"]], 3)
