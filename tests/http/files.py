"""Files that people send, good ones and bad ones."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import openpyxl


@cache
def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return an .xlsx with one sheet of these rows; the same bytes each time, although it dates."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def people(count: int = 3) -> bytes:
    """Return an .xlsx of people with names, ages and towns."""
    return workbook(("姓名 Name", "age"), *((f"人 {n}", 20 + n % 60) for n in range(count)))


def archive(**members: bytes) -> bytes:
    """Return a zip that is no workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return out.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" * 20
CSV = "name,age\n张三,31\n李四,27\n".encode()
