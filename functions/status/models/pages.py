"""Which part of something a request asks for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt

from shared.model import Model

MAX_ROWS = 1000
MAX_LISTED = 100


class ListQuery(Model):
    """A page of a list; `cursor` is the last page's `nextCursor`."""

    limit: Annotated[int, Field(ge=1, le=MAX_LISTED)] = 20
    cursor: str | None = None


class PageQuery(Model):
    """Which rows and columns; repeat `columns` for more than one."""

    offset: NonNegativeInt = 0
    limit: Annotated[int, Field(ge=1, le=MAX_ROWS)] = 100
    columns: list[str] | None = None


class ExportQuery(Model):
    """The format of the download."""

    format: Literal["xlsx", "csv", "parquet", "json"] = "xlsx"
