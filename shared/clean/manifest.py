"""The contents of one sheet's clean data; the manifest's name is the record's cleanDataKey."""

from __future__ import annotations

from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from shared.clean.camel import CamelModel
from shared.clean.column import Column
from shared.storage import Store

MANIFEST = "manifest.json"
"""What the name of every manifest ends with."""


class Part(CamelModel):
    """A Parquet object with some of the rows; parts follow each other in the sheet's order."""

    key: str
    rows: PositiveInt


class Manifest(CamelModel):
    """Where everything is. All objects are immutable, so a reader may keep what it has read."""

    version: Literal[1] = 1
    columns: list[Column]
    total_rows: NonNegativeInt
    parts: list[Part]
    first_page_key: str
    profile_key: str
    findings_key: str | None = None
    """None where nobody has looked for any."""

    def objects(self) -> list[str]:
        """Return the names of all objects but the manifest's own."""
        findings = [] if self.findings_key is None else [self.findings_key]
        parts = (part.key for part in self.parts)
        return [*parts, self.first_page_key, self.profile_key, *findings]


def write_manifest(store: Store, key: str, manifest: Manifest) -> None:
    """Write the manifest; it comes last, when all that it names is there."""
    store.create(key, manifest.model_dump_json().encode(), "application/json")


def read_manifest(store: Store, key: str) -> Manifest:
    """Read a manifest; raises ObjectMissing."""
    return Manifest.model_validate_json(store.read(key))
