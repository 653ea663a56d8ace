"""Workbooks and text files to parse, written by openpyxl and by the csv module."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest

FILES = Path(__file__).parent / "files"


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """Return the bytes of a workbook of one sheet; `merged` are ranges such as B1:C1."""

    def write(rows: Iterable[Iterable[object]], merged: Iterable[str] = ()) -> bytes:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        for cells in merged:
            book.active.merge_cells(cells)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return write


@pytest.fixture
def csv_of() -> Callable[..., bytes]:
    """Return the bytes of a text file."""

    def write(rows: Iterable[Iterable[object]], encoding: str = "utf-8", **options) -> bytes:
        file = io.StringIO()
        csv.writer(file, **options).writerows(rows)
        return file.getvalue().encode(encoding)

    return write


@pytest.fixture
def files() -> Path:
    return FILES
