"""Pages of clean data."""

import json

import pytest

from shared.clean.first_page import FIRST_ROWS
from shared.clean.manifest import read_manifest
from shared.clean.rows import ndjson
from shared.clean.selection import Selection
from shared.errors import ObjectMissing, Unprocessable
from tests.unit.clean.pages import read_page

ROWS = 20_500


@pytest.fixture(scope="module")
def parsed(module_driver):
    """Three parts; odd cells in the first and the last."""
    lines = ["n,a.b,a,名"]
    lines += [f"{n if n not in (3, 20_400) else 'ND'},{n / 4},x{n},名{n}" for n in range(ROWS)]
    return module_driver.parse("\n".join(lines).encode())


@pytest.fixture
def parts(driver):
    """The parts of a clean data of the test's own, which it may delete."""
    result = driver.parse("".join(["n,s\n", *(f"{n},x{n}\n" for n in range(ROWS))]).encode())
    return result.clean_data_key, read_manifest(driver.store, result.clean_data_key).parts


def row(n):
    return ["ND" if n in (3, 20_400) else n, n / 4, f"x{n}", f"名{n}"]


@pytest.mark.parametrize(
    ("offset", "limit"),
    [
        (0, 10),
        (0, 100),
        (50, 100),
        (99, 2),
        (9_990, 20),
        (9_999, 10_002),
        (20_390, 20),
        (20_490, 100),
        (ROWS, 5),
        (ROWS + 1000, 5),
        (0, 0),
    ],
)
def test_a_page_has_the_rows_asked_for(driver, parsed, offset, limit):
    page = read_page(driver.store, parsed.clean_data_key, offset=offset, limit=limit)

    assert page.rows == [row(n) for n in range(offset, min(offset + limit, ROWS))]
    assert (page.offset, page.limit) == (offset, limit)
    assert (page.total_rows, page.matched_rows) == (ROWS, ROWS)
    assert [column.name for column in page.columns] == ["n", "a.b", "a", "名"]


@pytest.mark.parametrize("offset", [0, 20_399])
def test_columns_come_in_the_order_asked_for(driver, parsed, offset):
    page = read_page(
        driver.store, parsed.clean_data_key, offset=offset, limit=5, columns=["名", "a", "n"]
    )

    wanted = [row(n) for n in range(offset, offset + 5)]
    assert page.rows == [[name, a, n] for n, _, a, name in wanted]
    assert [column.name for column in page.columns] == ["名", "a", "n"]


def test_an_odd_cell_is_restored_only_in_its_column(driver, parsed):
    page = read_page(driver.store, parsed.clean_data_key, offset=20_400, limit=1, columns=["a"])

    assert page.rows == [["x20400"]]


def test_an_unknown_column_is_refused_with_the_known_ones(driver, parsed):
    with pytest.raises(Unprocessable, match=r"no column 'b'\. The columns are: n, a\.b, a, 名"):
        read_page(driver.store, parsed.clean_data_key, offset=0, limit=1, columns=["a", "b"])


def test_the_first_rows_need_no_parquet(driver, parts):
    key, stored = parts
    driver.store.delete(*(part.key for part in stored))

    page = read_page(driver.store, key, offset=0, limit=FIRST_ROWS)

    assert page.rows == [[n, f"x{n}"] for n in range(FIRST_ROWS)]


def test_a_page_touches_only_the_parts_that_it_needs(driver, parts):
    key, stored = parts
    driver.store.delete(stored[0].key, stored[2].key)

    page = read_page(driver.store, key, offset=10_000, limit=10_000)

    assert len(page.rows) == 10_000


def test_the_rows_of_all_parts_follow_each_other(driver, parsed):
    manifest = read_manifest(driver.store, parsed.clean_data_key)

    text = b"".join(ndjson(driver.store, manifest, Selection.of(manifest)))
    rows = [json.loads(line) for line in text.splitlines()]

    assert len(rows) == ROWS
    assert all(list(found.values()) == row(n) for n, found in enumerate(rows))
    assert list(rows[0]) == ["n", "a.b", "a", "名"]


def test_clean_data_that_is_not_there(driver):
    with pytest.raises(ObjectMissing):
        read_page(driver.store, "sheets/none/manifest.json", offset=0, limit=1)
