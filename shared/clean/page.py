"""Some rows of clean data, by position."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import NonNegativeInt

from shared.clean.camel import CamelModel
from shared.clean.column import Column
from shared.clean.first_page import read_first_rows
from shared.clean.manifest import Manifest, read_manifest
from shared.clean.read import tables
from shared.clean.table import rows_of
from shared.clean.values import Json, json_value
from shared.errors import Unprocessable
from shared.storage import Store


class Page(CamelModel):
    """Rows `offset` to `offset + limit` as far as there are any, each a list of cells."""

    columns: list[Column]
    rows: list[list[Json]]
    offset: NonNegativeInt
    limit: NonNegativeInt
    total_rows: NonNegativeInt


def read_page(
    store: Store,
    manifest_key: str,
    *,
    offset: int,
    limit: int,
    columns: Sequence[str] | None = None,
) -> Page:
    """Read the parts that hold these rows and no others, the first rows without any Parquet.

    Raises Unprocessable for an unknown column, ObjectMissing when there is no such clean data.
    """
    manifest = read_manifest(store, manifest_key)
    wanted = positions_of(manifest, columns)
    rows = read_first_rows(store, manifest, wanted, offset, limit)
    if rows is None:
        found = tables(store, manifest, wanted, offset=offset, limit=limit)
        rows = [row for table in found for row in rows_of(table, wanted, json_value)]
    return Page(
        columns=[manifest.columns[position] for position in wanted],
        rows=rows,
        offset=offset,
        limit=limit,
        total_rows=manifest.total_rows,
    )


def positions_of(manifest: Manifest, names: Sequence[str] | None) -> list[int]:
    """Return where the named columns stand, all of them for None; raises Unprocessable."""
    known = {column.name: position for position, column in enumerate(manifest.columns)}
    if names is None:
        return list(known.values())
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Unprocessable(
            f"There is no column {unknown[0]!r}. The columns are: {', '.join(known)}.",
            unknown=unknown,
            columns=list(known),
        )
    return [known[name] for name in names]
