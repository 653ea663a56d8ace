# ruff: noqa: DTZ001
"""The expression language: what it computes, and what it will not be talked into."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from shared.errors import Unprocessable
from tests.unit.actions.tables import Odd, changed, rows, table

FRAME = table(
    {"体重 Body (g)": "integer", "a": "decimal"},
    姓名=["张三", "Ann", None],
    **{"体重 Body (g)": [3750, None, Odd("#N/A")]},
    a=[1.0, 0.0, 4.0],
    A=[10, 20, 30],
    born=[date(2000, 2, 29), date(1990, 1, 1), None],
    seen=[datetime(2024, 5, 6, 7), None, datetime(2024, 1, 1)],
    ok=[True, False, None],
)


def computed(expression):
    found = changed(FRAME, {"action": "compute", "column": "new", "expression": expression})
    return rows(found)["new"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"体重 Body (g)" / 1000', [3.75, None, None]),
        ("a + A", [11.0, 20.0, 34.0]),
        ("A // 3 + A % 3", [4, 8, 10]),
        ("'x' || 姓名", ["x张三", "xAnn", None]),
        ("case when A > 15 then 'big' else 'small' end", ["small", "big", "big"]),
        ("coalesce(姓名, '未知')", ["张三", "Ann", "未知"]),
        ("A between 10 and 20 and not a = 0", [True, False, False]),
        ("A in (10, 30)", [True, False, True]),
        ("姓名 like '张%'", [True, False, None]),
        ("姓名 is null", [False, False, True]),
        ("year(born)", [2000, 1990, None]),
        ("date_diff('day', born, date '2000-03-01')", [1, 3712, None]),
        ("born + 1", [date(2000, 3, 1), date(1990, 1, 2), None]),
        ("seen - interval 2 hours", [datetime(2024, 5, 6, 5), None, datetime(2023, 12, 31, 22)]),
        ("seen - timestamp '2024-01-01'", [timedelta(days=126, hours=7), None, timedelta(0)]),
        ("cast(A as varchar)", ["10", "20", "30"]),
        ("try_cast(姓名 as integer)", [None, None, None]),
        ("round(a / 3, 2)", [0.33, 0.0, 1.33]),
        ("0.5", [0.5, 0.5, 0.5]),
        ("null", [None, None, None]),
        ("1 -- a comment", [1, 1, 1]),
        ("1e308 * 10 * a", [Odd("#NUM!"), Odd("#NUM!"), Odd("#NUM!")]),
    ],
)
def test_it_computes(expression, expected):
    found = computed(expression)

    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_a_column_of_the_same_name_is_replaced_where_it_stands():
    found = changed(FRAME, {"action": "compute", "column": "A", "expression": "A * 2"})

    assert list(rows(found)) == list(rows(FRAME))
    assert rows(found)["A"] == [20, 40, 60]


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("A +", "is no expression"),
        ("Weight + 1", "There is no column 'Weight'"),
        ("姓名 + 1", "cannot be computed"),
        ("cast(姓名 as integer)", "cannot be computed"),
        ("seen::date - date '2020-01-01' || []", "may not contain"),
        ("to_months(A)", "months"),
        ("9223372036854775807 + A", "cannot be computed"),
        ("9223372036854775807::hugeint + A", None),
        ("if(" * 1000 + "ok" + ",1,2)" * 1000, "is no expression|too long|cannot be computed"),
    ],
)
def test_what_cannot_be_computed_is_told_in_a_sentence(expression, says):
    if says is None:
        assert len(computed(expression)) == 3
        return
    with pytest.raises(Unprocessable, match=says):
        computed(expression)


ESCAPES = [
    "(select content from read_text('/etc/passwd'))",
    "1) from read_csv('/etc/passwd') as x(c) --",
    "1); copy (select 1) to '/tmp/escaped'; select (1",
    "1) from cells where (select count(*) from glob('/etc/*')) > 0 --",
    "1 union select 2",
    "exists (from duckdb_secrets())",
    "getenv('HOME')",
    "current_setting('home_directory')",
    "main.getenv('HOME')",
    "system.\"getenv\"('HOME')",
    "query('select 1')",
    "sum(A)",
    "count(*) over ()",
    "list_transform([1], x -> x + 1)",
    "unnest(range(10000000))",
    "*",
    "columns('.*')",
    "$1",
    "#1",
    "nextval('s')",
    "read_blob('/proc/self/environ')",
    "pg_read_file('/etc/passwd')",
    "A::json",
    "'x'::\"read_text\"",
    "write_log('x')",
    "error('x')",
    "random()",
    "now()",
    "max(A order by a)",
    "A collate nocase",
    "{'a': 1}",
    "[1, 2]",
    "cells.A",
    "rowid",
    "1, 2",
    "a := 1",
    "sql_auto_complete('s')",
    "(values (1))",
    "array(select 1)",
    "A = any (select 1)",
]


@pytest.mark.parametrize("expression", ESCAPES)
def test_it_cannot_be_talked_into_anything_else(expression):
    with pytest.raises(Unprocessable) as refused:
        computed(expression)

    assert "/home" not in str(refused.value)
    with pytest.raises(Unprocessable):
        changed(FRAME, {"action": "filter", "where": expression})
