"""Which part of something a request asks for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, NonNegativeInt

from shared.clean.export import ExportFormat
from shared.model import Model

MAX_ROWS = 1000
MAX_LISTED = 100

Filters = Annotated[
    list[str],
    Field(
        alias="filter",
        default_factory=list,
        max_length=100,
        description=(
            "`column:op:value`, repeated: all must hold. ops: eq ne lt le gt ge in contains "
            "startswith, and isblank notblank without a value; `in` takes values with commas "
            "between them."
        ),
    ),
]
Sort = Annotated[
    list[str],
    Field(
        default_factory=list,
        max_length=100,
        description="Columns to sort by, most important first, a minus for descending: `-age,name`",
    ),
]


class ListQuery(Model):
    """A page of a list; `cursor` is the last page's `nextCursor`."""

    limit: Annotated[int, Field(ge=1, le=MAX_LISTED)] = 20
    cursor: str | None = None


class DataQuery(Model):
    """Which rows and columns; repeat `columns` and `filter` for more than one."""

    columns: list[str] | None = None
    filters: Filters


class PageQuery(DataQuery):
    """Which rows and columns in which order; repeat `columns` and `filter` for more than one."""

    offset: NonNegativeInt = 0
    limit: Annotated[int, Field(ge=1, le=MAX_ROWS)] = 100
    sort: Sort


class ExportQuery(DataQuery):
    """The format of the download, and which rows and columns are in it."""

    format: ExportFormat = "xlsx"
    neutralise: bool | None = None
    """Put an apostrophe before texts that look like formulas; unless said, only in csv."""
    background: bool = False
    """Let a job make the file even if it is small."""


class ProfileQuery(Model):
    """Whether to correlate, all columns of numbers or those that are named."""

    correlation: bool = False
    columns: list[str] | None = None
