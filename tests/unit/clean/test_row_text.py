"""Rows made by whole columns, against each cell by itself."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.clean import row_text
from shared.clean.export import export
from shared.clean.rows import ndjson
from shared.clean.selection import Selection
from shared.clean.values import json_value
from tests.unit.clean.stored import VALUES, Odd, stored

PROPERTY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
CELLS = {**VALUES, "text": TEXT}


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, str], list[list[Any]]]:
    """Columns of any types under any names, with blanks and odd cells."""
    types = draw(st.lists(st.sampled_from(list(CELLS)), min_size=1, max_size=4))
    names = draw(st.lists(TEXT.filter(bool), min_size=len(types), max_size=len(types), unique=True))
    cells = [st.none() | CELLS[kind] | TEXT.filter(bool).map(Odd) for kind in types]
    rows = draw(st.lists(st.tuples(*cells).map(list), min_size=1, max_size=9))
    return dict(zip(names, types, strict=True)), rows


@PROPERTY
@given(tables(), st.integers(1, 200))
def test_json_is_what_each_cell_gives_by_itself(store, drawn, piece):
    types, rows = drawn
    manifest = stored(store, types, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_text, "_PIECE_BYTES", piece)
        text = b"".join(ndjson(store, manifest, Selection.of(manifest)))

    shown = [[c.text if isinstance(c, Odd) else json_value(c) for c in row] for row in rows]
    found = [json.loads(line) for line in text.decode().removesuffix("\n").split("\n")]
    assert [list(row) for row in found] == [list(types)] * len(rows)
    assert [[(type(cell), cell) for cell in row.values()] for row in found] == [
        [(type(cell), cell) for cell in row] for row in shown
    ]


@PROPERTY
@given(tables())
def test_csv_is_what_the_csv_module_writes(store, drawn):
    types, rows = drawn
    manifest = stored(store, types, rows)

    found = b"".join(export(store, manifest, "csv", neutralise=False)).decode("utf-8-sig")

    out = io.StringIO()
    csv.writer(out).writerows([list(types), *([_field(cell) for cell in row] for row in rows)])
    assert _numbers(found) == _numbers(out.getvalue())


def _numbers(text: str) -> list[list[Any]]:
    """The fields, those with a number as that number."""
    return [
        [float(field) if re.fullmatch(r"-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?", field) else field]
        for row in csv.reader(io.StringIO(text, newline=""))
        for field in row
    ]


def _field(cell: Any) -> Any:
    match cell:
        case Odd():
            return cell.text
        case bool():
            return str(cell).upper()
        case int() | float():
            return repr(cell)
        case None | str():
            return cell
    return str(json_value(cell)).replace("T", " ")


DANGEROUS = ["=1+1", "+x", "-x", "@SUM(A1)", "\t=1", "\r=1", "=", "-"]
HARMLESS = ["1+1", " =1", "-5", "+49.5", "-1,234.5", "12%", "a=b", "'=1", ""]


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_what_looks_like_a_formula_gets_an_apostrophe_and_a_number_does_not(store, fmt):
    texts = [*DANGEROUS, *HARMLESS, Odd("=cmd|'/c calc'!A1"), Odd("-3 kg")]
    manifest = stored(store, {"=name": "text", "n": "integer"}, [[text, -1] for text in texts])

    header, *cells = _read(fmt, b"".join(export(store, manifest, fmt, neutralise=True)))

    assert header == ["'=name", "n"]
    assert [cell[0] or "" for cell in cells] == [
        *(f"'{text}" for text in DANGEROUS),
        *HARMLESS,
        "'=cmd|'/c calc'!A1",
        "'-3 kg",
    ]
    assert {float(cell[1]) for cell in cells} == {-1.0}


def _read(fmt: str, content: bytes) -> list[list[Any]]:
    if fmt == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    import openpyxl  # noqa: PLC0415

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    return [[_unescaped(cell) for cell in row] for row in sheet.values]


def _unescaped(cell: Any) -> Any:
    """Carriage returns stand in XML as _x000D_, which openpyxl leaves."""
    return cell.replace("_x000D_", "\r") if isinstance(cell, str) else cell
