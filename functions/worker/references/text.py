"""Texts as references need them: decoded, and brought to one form."""

from __future__ import annotations

import re
import unicodedata

import chardet

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


def decoded(data: bytes) -> str:
    """Return the text: by its byte order mark, as UTF-8, or as what it most resembles."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        guessed = chardet.detect(data)["encoding"] or "latin-1"
        return data.decode(guessed, errors="replace")


def tidy(text: object) -> str:
    """Return one line without the blanks that line breaks leave behind, and without NUL."""
    return " ".join(str(text or "").replace("\0", "").split())


def doi_of(text: object) -> str:
    """Return the DOI in lower case, without what is put around it; empty when there is none."""
    found = _DOI.search(tidy(text))
    return found[0].rstrip(".,;)]").lower() if found else ""


def digits_of(text: object) -> str:
    """Return a PMID's digits."""
    found = re.search(r"\d{1,9}", str(text or ""))
    return found[0] if found else ""


def year_of(text: object) -> int | None:
    """Return the first year in a date."""
    found = _YEAR.search(str(text or ""))
    return int(found[0]) if found else None


def plain(title: str) -> str:
    """Return a title's letters and digits, for comparison."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return " ".join(re.findall(r"\w+", folded))
