"""Every cell of workbooks that hold everything, against openpyxl and xlrd."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.agreement.books import written
from tests.agreement.compare import compare

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "tests/unit/parse/files").glob("measures.xls"))
SAMPLES = sorted((ROOT / "samples").glob("*.xlsx"))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return written(tmp_path_factory.mktemp("books"))


@pytest.mark.parametrize(
    "name",
    [
        *("openpyxl.xlsx", "openpyxl-1904.xlsx", "xlsxwriter-shared.xlsx"),
        *("xlsxwriter-inline.xlsx", "xlwt.xls"),
    ],
)
def test_each_cell_is_what_the_reference_reads(books, name):
    found = compare(books[name])

    for place, reason in found.differing:
        print(f"{name}: {place}: {reason}")
    assert found.cells > 100
    assert found.differing == []


@pytest.mark.parametrize("path", [*FILES, *SAMPLES], ids=lambda path: path.name)
def test_the_files_of_this_repository(path):
    found = compare(path)

    assert found.cells > 40
    assert found.differing == []
