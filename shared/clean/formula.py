"""Texts that a spreadsheet would take for a formula, made harmless by an apostrophe."""

from __future__ import annotations

import re
from typing import Final

from shared.clean.compute import Cells, compute

_FORMULA: Final = "^[=+@\\-\t\r]"
_NUMBER: Final = "^[+-]?[0-9][0-9.,]*%?$"


def harmless(text: str) -> str:
    """Put an apostrophe before what begins with = + - @, a tab or a return and is no number."""
    dangerous = re.match(_FORMULA, text) and not re.fullmatch(_NUMBER[1:-1], text)
    return f"'{text}" if dangerous else text


def harmless_texts(texts: Cells) -> Cells:
    """Do the same for many; null stays null."""
    pc = compute()

    begins = pc.fill_null(pc.match_substring_regex(texts, _FORMULA), False)
    if not pc.any(begins).as_py():
        return texts
    number = pc.match_substring_regex(texts, _NUMBER)
    dangerous = pc.and_(begins, pc.invert(number))
    return pc.if_else(dangerous, pc.binary_join_element_wise("'", texts, ""), texts)
