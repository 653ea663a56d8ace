"""The styles of a workbook, as far as they change what a cell means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from functions.worker.parse.xlsx.formats import BUILTIN, Shown, shown_as
from functions.worker.parse.xlsx.xml import elements


class Styles(NamedTuple):
    """By the number that a cell's attribute `s` names."""

    shown: list[Shown]
    codes: list[str]
    """The number format; empty for General."""


def read_styles(pieces: Iterable[bytes]) -> Styles:
    """Read styles.xml."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside = False
    for name, attributes in elements(pieces):
        if name == "numFmt" and "formatCode" in attributes:
            codes.setdefault(int(attributes["numFmtId"]), attributes["formatCode"])
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            numbers.append(int(attributes.get("numFmtId", 0)))
    shown = [shown_as(number, codes.get(number)) for number in numbers]
    return Styles(shown, [codes.get(number, BUILTIN.get(number, "")) for number in numbers])
