"""What the attributes of cells mean, each distinct writing of them looked at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from functions.worker.parse.arrow import Array
from functions.worker.parse.xlsx.formats import Shown
from functions.worker.parse.xlsx.styles import Styles


class Source(IntEnum):
    """How a cell's text is to be read."""

    NUMBER = 0
    MOMENT = 1
    DURATION = 2
    SHARED = 3
    TEXT = 4
    """Also an error cell's."""
    BOOLEAN = 5
    ISO = 6


class Meaning(NamedTuple):
    """Arrays by the code of the attributes."""

    source: Array
    style: Array


_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SOURCES = {"s": Source.SHARED, "b": Source.BOOLEAN, "d": Source.ISO}
_SHOWN = {Shown.NUMBER: Source.NUMBER, Shown.MOMENT: Source.MOMENT, Shown.DURATION: Source.DURATION}


def meaning_of(attributes: Sequence[str], styles: Styles) -> Meaning:
    """Return what each writing of a cell's attributes means."""
    read = [read_attributes(text) for text in attributes]
    sources = [_source(kind, style, styles) for kind, style in read]
    return Meaning(np.array(sources, np.int8), np.array([style for _, style in read], np.int32))


def read_attributes(text: str) -> tuple[str, int]:
    """Return the type of a cell and the number of its style."""
    found = {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}
    style = found.get("s", "0")
    return found.get("t", "n"), int(style) if style.isdecimal() else 0


def _source(kind: str, style: int, styles: Styles) -> Source:
    if kind == "n":
        shown = styles.shown[style] if style < len(styles.shown) else Shown.NUMBER
        return _SHOWN[shown]
    return _SOURCES.get(kind, Source.TEXT)
