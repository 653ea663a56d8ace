"""References from a file, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Mapping

from functions.worker.references import bibtex, nbib, ris, table
from functions.worker.references.text import decoded
from shared.content.signatures import OLE2, ZIP
from shared.errors import Unrecoverable
from shared.screening.reference import Reference

_RIS = re.compile(r"^TY  ?- ?", re.MULTILINE)
_NBIB = re.compile(r"^PMID- ", re.MULTILINE)
_BIBTEX = re.compile(r"^\s*@\w+\s*[{(]", re.MULTILINE)

MOST = 50_000


def read(data: bytes, mapping: Mapping[str, str]) -> list[Reference]:
    """Return the references in the file's order; its content says what format it is in.

    `mapping` says for tables which column holds which field. Raises Unrecoverable, with a sentence
    for the user, for a file that holds none.
    """
    found = _parsed(data, mapping)
    if not found:
        raise Unrecoverable("No reference was found in the file.")
    if len(found) > MOST:
        raise Unrecoverable(f"The file has {len(found):,} references; {MOST:,} is the limit.")
    return [
        each.model_copy(update={"number": number}) for number, each in enumerate(found, start=1)
    ]


def _parsed(data: bytes, mapping: Mapping[str, str]) -> list[Reference]:
    if data.startswith((ZIP, OLE2)):
        return table.read_workbook(data, mapping)
    text = decoded(data)
    if _RIS.search(text):
        return ris.read(text)
    if _NBIB.search(text):
        return nbib.read(text)
    if _BIBTEX.search(text):
        return bibtex.read(text)
    return table.read_csv(text, mapping)
