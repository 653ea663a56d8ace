"""Some rows of clean data, by position, conditions and order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import NonNegativeInt

from shared.clean.camel import CamelModel
from shared.clean.column import Column
from shared.clean.first_page import FIRST_ROWS, first_page_as_json, read_first_rows
from shared.clean.gather import gather
from shared.clean.json_rows import json_arrays
from shared.clean.manifest import Manifest
from shared.clean.ordering import sort_keys_of
from shared.clean.read import tables
from shared.clean.selection import Selection
from shared.clean.values import Json
from shared.clean.view import View, window
from shared.storage import Store


class Page(CamelModel):
    """Rows `offset` to `offset + limit` as far as there are any, each a list of cells.

    `matched_rows` counts those that fit the filters, `total_rows` all.
    """

    columns: list[Column]
    rows: list[list[Json]]
    offset: NonNegativeInt
    limit: NonNegativeInt
    total_rows: NonNegativeInt
    matched_rows: NonNegativeInt


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which page: see `condition` for filters and `ordering` for sort keys."""

    offset: int
    limit: int
    columns: Sequence[str] | None = None
    filters: Sequence[str] = ()
    sort: Sequence[str] = ()

    @property
    def is_first(self) -> bool:
        """Whether it asks for just the page that is stored."""
        whole = self.columns is None and not self.filters and not self.sort
        return whole and self.offset == 0 and self.limit == FIRST_ROWS


def page_as_json(store: Store, manifest: Manifest, request: PageRequest) -> bytes:
    """Return a Page as JSON; the first rows as they stand in the sheet need no Parquet.

    Raises Unprocessable for what the columns do not allow, ObjectMissing.
    """
    selection = Selection.of(manifest, request.columns, request.filters)
    view = View(selection.conditions, sort_keys_of(manifest.columns, request.sort))
    if request.is_first:
        head = _head(selection.columns(manifest), manifest, request, manifest.total_rows)
        return first_page_as_json(store, manifest, head)
    if view.conditions or view.keys:
        rows, matched = _viewed(store, manifest, selection, view, request)
    else:
        rows, matched = _in_place(store, manifest, selection, request), manifest.total_rows
    head = _head(selection.columns(manifest), manifest, request, matched)
    return b"".join((head[:-1].encode(), b',"rows":[', rows, b"]}"))


def _head(columns: Sequence[Column], manifest: Manifest, request: PageRequest, matched: int) -> str:
    return json.dumps(
        {
            "columns": [column.model_dump(mode="json", by_alias=True) for column in columns],
            "offset": request.offset,
            "limit": request.limit,
            "totalRows": manifest.total_rows,
            "matchedRows": matched,
        },
        ensure_ascii=False,
    )


def _viewed(
    store: Store, manifest: Manifest, selection: Selection, view: View, request: PageRequest
) -> tuple[bytes, int]:
    found = window(store, manifest, view, offset=request.offset, limit=request.limit)
    if not found.rows:
        return b"", found.matched
    table = gather(store, manifest, selection.positions, found.rows)
    return json_arrays(table, selection.positions, separator=","), found.matched


def _in_place(
    store: Store, manifest: Manifest, selection: Selection, request: PageRequest
) -> bytes:
    offset, limit = request.offset, request.limit
    rows = read_first_rows(store, manifest, selection.positions, offset, limit)
    if rows is not None:
        return json.dumps(rows, ensure_ascii=False)[1:-1].encode()
    found = tables(store, manifest, selection.positions, offset=offset, limit=limit)
    return b",".join(json_arrays(each, selection.positions, separator=",") for each in found)
