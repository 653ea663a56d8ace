"""Numbers, booleans and plain dates that were typed as text: what counts, and what it is worth."""

from __future__ import annotations

import math
import re
from datetime import datetime, time
from decimal import Decimal

from shared.clean import booleans

MAX_DIGITS = 15
"""A longer number cannot be trusted to a spreadsheet: identity cards, account numbers."""

_PLAIN = str.maketrans("０１２３４５６７８９．，－／：％（）\u3000", "0123456789.,-/:%() ")
_OTHER_MARKS = str.maketrans(",.", ".,")
_NUMBER = re.compile(
    r"(?P<sign>-?)(?P<whole>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+))?(?P<fraction>\.[0-9]+)?"
    r"(?P<exponent>[eE][+-]?[0-9]{1,3})?(?P<percent>%)?"
)
SIMPLE = r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?"
"""What most numbers look like; also read by whole arrays, in another engine's dialect."""
SIMPLE_LENGTH = MAX_DIGITS
_SIMPLE = re.compile(SIMPLE)
_DATE = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
    r"(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,6})?)?)?"
)
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2}):([0-9]{2})")
BLANKS = " \t\r\n\xa0\u3000"
MAX_WORD = 8
"""Characters of a boolean's word with blanks around it."""


class Code(str):
    """Digits that are no number: a leading zero or more than MAX_DIGITS of them."""

    __slots__ = ()


def plain(text: str) -> str:
    """Return the text without surrounding blanks, full-width digits and signs made ASCII."""
    text = text.strip()
    return text if text.isascii() else text.translate(_PLAIN).strip()


def simple_number(text: str) -> int | float | None:
    """Return what most numbers are worth, None for all other texts: the common case, fast."""
    if len(text) > SIMPLE_LENGTH:
        return None
    match = _SIMPLE.fullmatch(text)
    if match is None:
        return None
    return int(text) if match[1] is None else float(text)


def number(text: str, *, comma: bool = False) -> int | float | Code | None:
    """Return what a plain text is worth as a number, Code for digits that must stay text.

    With `comma` that is the decimal mark, and the point groups digits. Parentheses mean a minus.
    """
    if comma:
        text = text.translate(_OTHER_MARKS)
    if text[:1] == "(" and text[-1:] == ")" and text[1:2].isdecimal():
        text = f"-{text[1:-1]}"
    simple = simple_number(text)
    if simple is not None:
        return simple
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["whole"] or match["fraction"]):
        return None
    whole, fraction = (match["whole"] or "").replace(",", ""), match["fraction"] or ""
    if _is_code(whole, fraction):
        return Code(text)
    if fraction and not _is_kept(whole, fraction):
        return None
    digits = match["sign"] + whole + fraction
    if match["exponent"] or match["percent"]:
        return _scaled(digits, fraction, match["exponent"], match["percent"])
    return float(digits) if fraction else int(digits)


def moment(text: str) -> datetime | None:
    """Return what a plain text is worth as a date or as a date with a time."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, _, month, day, cn_month, cn_day, hour, minute, second, fraction = match.groups()
    micros = int((fraction or ".0")[1:].ljust(6, "0"))
    try:
        return datetime(  # noqa: DTZ001 - sheets have no zone
            int(year),
            int(month or cn_month),
            int(day or cn_day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            micros,
        )
    except ValueError:
        return None


def clock(text: str) -> time | None:
    """Return what a plain text is worth as a time of day; seconds must be given."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    try:
        return time(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def truth(text: str) -> bool | None:
    """Return what a text is worth as a boolean."""
    return booleans.TYPED.get(text.strip(BLANKS).lower()) if len(text) <= MAX_WORD else None


def _is_code(digits: str, fraction: str) -> bool:
    padded = len(digits) > 1 and digits[0] == "0"
    return padded or (not fraction and len(digits) > MAX_DIGITS)


def _is_kept(whole: str, fraction: str) -> bool:
    """Tell whether a float, printed with as many digits, gives the text back."""
    digits = (whole + fraction[1:]).lstrip("0")
    if len(digits) <= MAX_DIGITS:
        return True
    return Decimal(f"{float(whole + fraction):.{len(digits) - 1}e}") == Decimal(whole + fraction)


def _scaled(digits: str, fraction: str, exponent: str | None, percent: str | None) -> float | None:
    """12E5 is an identifier more often than a number; 1.2E5 and 12E-5 are numbers."""
    if exponent is None:
        return float(f"{digits}e-2")
    if percent or not (fraction or exponent[1] in "+-"):
        return None
    value = float(digits + exponent)
    return value if math.isfinite(value) else None
