"""Clean data written without the parser, in small parts and row groups."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from shared.clean.column import ODD, Column
from shared.clean.manifest import Manifest, Part
from shared.clean.schema import schema_of

WORDS = st.text("ab%_.^$ÄäÖö北京上=", max_size=4)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.integers(-5, 5) | st.integers(-(2**63), 2**63 - 1),
    "decimal": st.integers(-4, 4).map(lambda n: n / 2) | st.floats(-1e300, 1e300),
    "boolean": st.booleans(),
    "date": DAYS,
    "datetime": st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    "time": st.times(),
    "duration": st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    "text": WORDS,
}


def stored(store, types: dict[str, str], rows: list[list[Any]], group: int = 3) -> Manifest:
    """Write clean data of small parts and row groups; an `Odd` cell is an odd one."""
    odd_of = dict.fromkeys(types, 0)
    lists: list[list[dict[str, Any]] | None] = []
    plain: list[list[Any]] = []
    for row in rows:
        odd = [{"column": n, "text": c.text} for n, c in enumerate(row) if isinstance(c, Odd)]
        for cell in odd:
            odd_of[list(types)[cell["column"]]] += 1
        lists.append(odd or None)
        plain.append([None if isinstance(cell, Odd) else cell for cell in row])
    columns = [
        Column(name=name, type=kind, blanks=0, odd=odd_of[name])  # type: ignore[arg-type]
        for name, kind in types.items()
    ]
    schema = schema_of(columns)
    arrays = [
        pa.array([row[n] for row in plain], type=schema.field(n).type) for n in range(len(types))
    ]
    if ODD in schema.names:
        arrays.append(pa.array(lists, type=schema.field(ODD).type))
    table, prefix, parts = pa.table(arrays, schema=schema), f"sheets/{uuid4()}", []
    for start in range(0, len(rows), 2 * group):
        out = io.BytesIO()
        piece = table.slice(start, 2 * group)
        pq.write_table(piece, out, row_group_size=group, compression="zstd")
        store.create(f"{prefix}/{start}", out.getvalue())
        parts.append(Part(key=f"{prefix}/{start}", rows=piece.num_rows))
    return Manifest(
        columns=columns, total_rows=len(rows), parts=parts, first_page_key="", profile_key=""
    )


class Odd:
    """A cell whose text does not fit its column's type."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"Odd({self.text!r})"
