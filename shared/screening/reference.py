"""A reference as it was imported."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, NonNegativeInt

from shared.model import Model

DuplicateBy = Literal["doi", "pmid", "title"]


class Reference(Model):
    """`number` is its place in the file, from 1 on."""

    number: int
    title: str = ""
    abstract: str = ""
    authors: list[str] = Field(default_factory=list)
    year: int | None = None
    journal: str = ""
    doi: str = ""
    pmid: str = ""
    keywords: list[str] = Field(default_factory=list)
    url: str = ""
    duplicate_of: NonNegativeInt | None = None
    """Number of the record that is kept instead."""
    duplicate_by: DuplicateBy | None = None
    """By what the two were found to be one."""
