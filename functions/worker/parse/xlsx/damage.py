"""Workbooks that break their own format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from struct import error as StructError  # noqa: N812
from typing import cast
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812

from isal.isal_zlib import error as IsalError  # noqa: N812

from shared.errors import Unrecoverable

SENTENCE = (
    "The workbook is damaged and cannot be read. Open it in Excel, save it again as .xlsx "
    "and upload that file."
)


class Damaged(Exception):
    """Something in a workbook is not as its format demands."""


INFLATING: type[Exception] = cast("type[Exception]", IsalError)
"""What isal raises on a stream that is none."""

_SIGNS: tuple[type[Exception], ...] = (
    *(Damaged, BadZipFile, ZlibError, INFLATING, ExpatError, ParseError, EOFError),
    *(KeyError, ValueError, IndexError, RuntimeError, StructError),
)


@contextmanager
def damage_explained() -> Iterator[None]:
    """Say what can be done about a damaged workbook: raises Unrecoverable."""
    try:
        yield
    except _SIGNS as error:
        raise Unrecoverable(SENTENCE) from error
