"""What tenants send: files of several sizes, good ones and broken ones."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import FastExcel

from benchmarks.chaos.accepted import End
from tests.faults.work import csv
from tests.screening.notes import TEMPLATE, notes
from tests.screening.work import CRITERIA, ris

_CSV_ROWS = (50, 5_000, 60_000)
_XLSX_ROWS = (50, 5_000, 30_000)
_REFERENCES = 60
_NOTES = 12
_BROKEN_BYTES = 200


@dataclass(frozen=True)
class Order:
    """One request that starts a task."""

    what: str
    branch: str
    request: Mapping[str, Any]
    """What httpx is to send."""
    end: End = "ready"
    rows: int | None = None


def orders() -> list[Order]:
    """Return one of each kind."""
    return [
        *(_sheet(f"csv of {n:,} rows", "a.csv", csv(n), rows=n) for n in _CSV_ROWS),
        *(_sheet(f"xlsx of {n:,} rows", "a.xlsx", _workbook(n), rows=n) for n in _XLSX_ROWS),
        _sheet("xlsx with broken bytes", "a.xlsx", _broken(), end="error"),
        _sheet("xlsx without sheets", "a.xlsx", _hollow(), end="error"),
        _screening("60 references", "found.ris", ris(_REFERENCES)),
        _screening("references without titles", "found.csv", b"a,b\n1,2\n", end="error"),
        _extraction(),
    ]


def _sheet(
    what: str, name: str, data: bytes, *, end: End = "ready", rows: int | None = None
) -> Order:
    return Order(what, "sheets", {"files": {"file": (name, data)}}, end, rows)


def _screening(what: str, name: str, data: bytes, *, end: End = "ready") -> Order:
    request = {
        "files": {"file": (name, data)},
        "data": {"criteria": CRITERIA.model_dump_json(by_alias=True)},
    }
    return Order(what, "screenings", request, end)


def _extraction() -> Order:
    body = {
        "template": json.loads(TEMPLATE.model_dump_json(by_alias=True)),
        "texts": [note.text for note in notes(_NOTES, seed=1)],
    }
    return Order(f"{_NOTES} texts", "extractions", {"json": body})


def _workbook(rows: int) -> bytes:
    records = [{"number": n, "name": f"row {n}", "share": n / 7} for n in range(rows)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        FastExcel(str(path)).sheet("data", records).save()
        return path.read_bytes()


def _broken() -> bytes:
    """Spoil the largest part: its name and its place are right, its bytes are not."""
    data = bytearray(_workbook(5_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as file:
        largest = max(file.infolist(), key=lambda part: part.compress_size)
    at = largest.header_offset + largest.compress_size // 2
    data[at : at + _BROKEN_BYTES] = bytes(_BROKEN_BYTES)
    return bytes(data)


def _hollow() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()
