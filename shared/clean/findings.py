"""What is doubtful in a sheet: written by the worker beside the profile, read by status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from shared.clean.camel import CamelModel
from shared.clean.values import Json
from shared.storage import Store

FIRST_CELLS = 100
"""So many cells of a finding are kept; its count is of all."""

Rule = Literal[
    "mixed_types",
    "error_cell",
    "out_of_range_date",
    "duplicate_key",
    "blank",
    "whitespace",
    "look_alike",
    "ambiguous_date",
    "ambiguous_number",
    "mixed_units",
]


class Message(CamelModel):
    """One sentence in each language that the page speaks."""

    en: str
    zh: str


@dataclass(slots=True)
class FoundCell:
    """A cell and, where there is a likely one, the value that it should have.

    There are many, so it is no model: those take ten times as long to make.
    """

    index: NonNegativeInt
    """Of its row in the clean data, from 0."""
    row: PositiveInt | None
    """Of its row in the file, as Excel counts; null where too many blank rows are left out."""
    cell: str | None
    """Its address in the file: C7."""
    value: Json
    suggestion: Json = None


class Finding(CamelModel):
    """What one rule has to say of one column."""

    rule: Rule
    sheet: str
    column: str
    position: NonNegativeInt
    """Of the column in the record's columns, from 0."""
    count: PositiveInt
    cells: list[FoundCell]
    """The first of them, FIRST_CELLS at the most."""
    message: Message
    suggestion: Message
    """What to do."""


class Findings(CamelModel):
    """All of them, by column and rule; `count` is of cells."""

    count: NonNegativeInt
    findings: list[Finding]
    looked: bool = True
    """False for data that nobody has looked at."""


def write_findings(store: Store, key: str, findings: Findings) -> None:
    """Write the findings of clean data."""
    store.create(key, findings.model_dump_json().encode(), "application/json")


def read_findings(store: Store, key: str | None) -> Findings:
    """Read findings by the manifest's `findings_key`, none for None; raises ObjectMissing."""
    if key is None:
        return Findings(count=0, findings=[], looked=False)
    return Findings.model_validate_json(store.read(key))
