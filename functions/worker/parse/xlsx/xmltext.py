"""Texts as they stand in XML, turned into what they say."""

from __future__ import annotations

import re
from html.entities import html5
from xml.parsers import expat

import numpy as np
from openpyxl.utils.escape import unescape

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.xlsx.damage import Damaged

_ENTITY = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|\w+);?")
_NAMED = {name: html5[f"{name};"] for name in ("amp", "lt", "gt", "quot", "apos")}
_ESCAPED = "_x"
_PHONETIC = "rPh"


def plain_texts(raw: Array) -> Array:
    """Return the texts of an array of bytes; null where nothing but blanks is left.

    Raises Damaged for bytes that are not UTF-8 and for entities that XML does not have.
    """
    try:
        texts = raw.cast(pa.string())
    except pa.ArrowInvalid as error:
        raise Damaged("A text is not in UTF-8.") from error
    odd = pc.match_substring_regex(texts, "[&\r]|_x[0-9A-Fa-f]{4}_")
    places = np.flatnonzero(odd.to_numpy(zero_copy_only=False)) if len(texts) else ()
    if len(places):
        found = texts.to_numpy(zero_copy_only=False)
        for place in places:
            found[place] = plain_text(found[place])
        texts = pa.array(found, pa.string())
    blank = pc.or_(pc.equal(pc.binary_length(texts), 0), pc.utf8_is_space(texts))
    return (
        pc.if_else(blank, pa.scalar(None, pa.string()), texts) if pc.any(blank).as_py() else texts
    )


def plain_text(text: str) -> str:
    """Return what a text says: line ends, entities and Excel's own escapes resolved."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_escapes(_ENTITY.sub(_character, text))


def without_escapes(text: str) -> str:
    """Return a text without `_x000D_` and the like, which stand for a character."""
    if _ESCAPED not in text:
        return text
    units = unescape(text).encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "replace")


def joined_text(xml: bytes) -> str:
    """Return the text of an element that has it in several pieces, without its pronunciation."""
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(name)

    def end(_: str) -> None:
        inside.pop()

    def text(piece: str) -> None:
        if inside[-1] in ("t", "v") and _PHONETIC not in inside:
            pieces.append(piece)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return without_escapes("".join(pieces))


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if not match[0].endswith(";") or (name[0] != "#" and name not in _NAMED):
        raise Damaged("A text has an entity that XML does not know.")
    if name[0] != "#":
        return _NAMED[name]
    try:
        return chr(int(f"0{name[1:]}", 0) if name[1] == "x" else int(name[1:]))
    except (ValueError, OverflowError) as error:
        raise Damaged("A text has a character that does not exist.") from error
