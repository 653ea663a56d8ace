"""First bytes by which files are known, whatever their names say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ZIP, ZIP_ENTRY, ZIP_END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
"""Of a file in an archive, of its entry in the directory, and of what closes that; an archive
without files begins with the last."""
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GZIP = b"\x1f\x8b"

FOREIGN: Final[Mapping[bytes, str]] = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"Rar!": "a packed archive",
    b"7z\xbc\xaf": "a packed archive",
    GZIP: "a packed archive",
    b"PAR1": "a Parquet file",
    b"{\\rtf": "a text document",
    b"SQLite format 3": "a database",
}
"""What certainly holds no table that can be read, in words for its sender."""
