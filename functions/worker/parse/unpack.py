"""A table that was packed: .csv.gz, or a zip archive with one file in it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from isal import isal_zlib

from functions.worker.parse.detect import CUT_OFF
from functions.worker.parse.xlsx.caps import refuse_many_entries, refuse_packed
from functions.worker.parse.xlsx.damage import INFLATING, Damaged
from functions.worker.parse.xlsx.inflate import PIECE, inflate
from shared.content.packed import is_junk
from shared.content.signatures import GZIP, ZIP
from shared.errors import Unrecoverable

_MARKS: Final = ("[content_types].xml", "mimetype", "xl/workbook.xml", "xl/workbook.bin")
"""Files by which a zip archive is a document and not a parcel."""
_GZIP_WINDOW = 16 + isal_zlib.MAX_WBITS


def unpack(path: Path) -> Path:
    """Return the file itself, or what was packed in it, beside it; raises Unrecoverable."""
    with path.open("rb") as file:
        head = file.read(len(ZIP))
    if head.startswith(GZIP):
        return _write(path, _gunzipped(path))
    if head.startswith(ZIP):
        return _from_zip(path)
    return path


def _from_zip(path: Path) -> Path:
    refuse_many_entries(path)
    try:
        with ZipFile(path) as archive:
            files = [each for each in archive.infolist() if not is_junk(each.filename)]
            if any(each.filename.lower().replace("\\", "/") in _MARKS for each in files):
                return path
            if len(files) != 1:
                raise Unrecoverable(_how_many(files))
            return _write(path, inflate(archive, files[0]))
    except (BadZipFile, Damaged, INFLATING, zlib.error, EOFError) as error:
        raise Unrecoverable(CUT_OFF) from error
    except (RuntimeError, NotImplementedError) as error:
        raise Unrecoverable(
            "The zip archive is protected with a password, or packed in an unusual way. Unpack it "
            "and upload the file with the table."
        ) from error


def _how_many(files: list[ZipInfo]) -> str:
    if not files:
        return "The zip archive is empty. Upload a file that holds data."
    return (
        f"The file is a zip archive and not a workbook: it holds {len(files):,} files. Upload the "
        "one with the table."
    )


def _gunzipped(path: Path) -> Iterator[bytes]:
    """Yield what was packed; one file may consist of several, one after the other."""
    size = path.stat().st_size
    grown = 0
    with path.open("rb") as file:
        engine, fed = isal_zlib.decompressobj(_GZIP_WINDOW), file.read(PIECE)
        while fed:
            piece = engine.decompress(fed, PIECE)
            grown += len(piece)
            refuse_packed(grown, size)
            yield piece
            if engine.eof and (rest := engine.unused_data or file.read(PIECE)).startswith(GZIP):
                engine, fed = isal_zlib.decompressobj(_GZIP_WINDOW), rest
            elif engine.eof:
                return
            else:
                fed = engine.unconsumed_tail or file.read(PIECE)
    raise Damaged


def _write(path: Path, pieces: Iterator[bytes]) -> Path:
    target = path.with_name(f"{path.name}-unpacked")
    try:
        with target.open("wb") as file:
            file.writelines(pieces)
    except (Damaged, INFLATING) as error:
        raise Unrecoverable(CUT_OFF) from error
    return target
