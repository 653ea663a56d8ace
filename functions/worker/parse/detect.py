"""What a file is, by its content; its name is never asked."""

from __future__ import annotations

import codecs
import mmap
import zipfile
from pathlib import Path
from typing import Final
from zlib import error as ZlibError  # noqa: N812

from functions.worker.parse.xlsx.caps import refuse_many_entries
from shared.clean.source import Format
from shared.content.signatures import FOREIGN, OLE2, ZIP, ZIP_END
from shared.content.utf16 import utf16_without_mark
from shared.errors import Unrecoverable

_WORKBOOKS: Final[dict[str, Format]] = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}
"""By which a workbook is known that does not say what it consists of."""
_MOST_BYTES = 1 << 20
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<table", b"<meta")
CUT_OFF = (
    "The file is damaged or was cut off on its way: its end is missing. Upload it again from the "
    "original."
)
_SAVE_AS = "Save the table as .xlsx or .csv and upload that file."


def detect(path: Path) -> Format:
    """Return the format of a file; raises Unrecoverable with what to do when none can be read."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Unrecoverable("The file is empty (0 bytes). Upload one that holds data.")
    if head.startswith((ZIP, ZIP_END)):
        return _in_zip(path)
    if head.startswith(OLE2):
        return _in_ole(path)
    _refuse_foreign(head)
    return "csv"


def _in_zip(path: Path) -> Format:
    refuse_many_entries(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower().replace("\\", "/"): name for name in archive.namelist()}
            if (types := names.get("[content_types].xml")) is not None:
                return _in_office(_start_of(archive, types))
            for name, kind in _WORKBOOKS.items():
                if name in names:
                    return kind
            if "mimetype" in names and _start_of(archive, "mimetype").startswith(_OPEN_DOCUMENT):
                return _open_document(archive)
    except (zipfile.BadZipFile, ZlibError, EOFError, RuntimeError, NotImplementedError) as error:
        raise Unrecoverable(CUT_OFF) from error
    raise Unrecoverable(f"The file is a zip archive and not a workbook. {_SAVE_AS}")


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read no more than any such file has: it may have been packed to burst."""
    with archive.open(name) as file:
        return file.read(_MOST_BYTES)


def _in_office(types: bytes) -> Format:
    if b"sheet.binary" in types:
        return "xlsb"
    if b"spreadsheetml" not in types and b"ms-excel" not in types:
        what = "a Word document" if b"wordprocessingml" in types else "no workbook"
        raise Unrecoverable(f"The file is {what}. {_SAVE_AS}")
    return "xlsm" if b"macroEnabled" in types else "xlsx"


def _open_document(archive: zipfile.ZipFile) -> Format:
    if b"encryption-data" in _start_of(archive, "META-INF/manifest.xml"):
        raise locked()
    return "ods"


def _in_ole(path: Path) -> Format:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise locked()
        if any(data.find(name.encode("utf-16-le")) >= 0 for name in ("Workbook", "Book")):
            return "xls"
    raise Unrecoverable(f"The file is an old Office document and not a workbook. {_SAVE_AS}")


def locked() -> Unrecoverable:
    """Return what is wrong with a workbook that has a password."""
    return Unrecoverable(
        "The workbook is protected with a password. Remove the password in Excel "
        "(File > Info > Protect Workbook) and upload it again."
    )


def _refuse_foreign(head: bytes) -> None:
    for magic, what in FOREIGN.items():
        if head.startswith(magic):
            raise Unrecoverable(f"The file is {what} and not a workbook. {_SAVE_AS}")
    if head.lstrip().lower().startswith(_MARKUP):
        raise Unrecoverable(
            "The file is a web page or XML, whatever its name says. Open it in Excel, save it as "
            ".xlsx and upload that file."
        )
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
    if b"\x00" in head and not marked and utf16_without_mark(head) is None:
        raise Unrecoverable(f"The file is neither a workbook nor text. {_SAVE_AS}")
