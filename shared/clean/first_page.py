"""The first rows as JSON, so that the first look at a sheet reads no Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.clean.camel import CamelModel
from shared.clean.json_rows import json_arrays
from shared.clean.manifest import Manifest
from shared.clean.values import Json
from shared.storage import Store

if TYPE_CHECKING:
    import pyarrow as pa

FIRST_ROWS = 100


class FirstPage(CamelModel):
    """The first FIRST_ROWS rows with all their columns."""

    rows: list[list[Json]]


def write_first_page(store: Store, key: str, first_part: pa.Table, width: int) -> None:
    """Write the first rows of the first part; `width` is the number of columns."""
    rows = json_arrays(first_part.slice(0, FIRST_ROWS), range(width), separator=",")
    store.create(key, b'{"rows":[%s]}' % rows, "application/json")


def first_page_as_json(store: Store, manifest: Manifest, head: str) -> bytes:
    """Return the page that begins with the JSON object `head`: what is stored follows as it is."""
    stored = store.read(manifest.first_page_key)
    return head[:-1].encode() + b"," + stored[1:]


def read_first_rows(
    store: Store, manifest: Manifest, positions: Sequence[int], offset: int, limit: int
) -> list[list[Json]] | None:
    """Return the rows asked for if the first page holds them all, else None."""
    end = min(offset + limit, manifest.total_rows)
    if offset >= end:
        return []
    if end > FIRST_ROWS:
        return None
    page = FirstPage.model_validate_json(store.read(manifest.first_page_key))
    return [[row[position] for position in positions] for row in page.rows[offset:end]]
