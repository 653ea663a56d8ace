"""How the types of clean data are stored in Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.clean.column import ODD, Column, ColumnType

if TYPE_CHECKING:
    import pyarrow as pa


def arrow_type(name: ColumnType) -> pa.DataType:
    """Return the storage type; times and durations are exact to the microsecond."""
    import pyarrow as pa  # noqa: PLC0415

    types: dict[ColumnType, pa.DataType] = {
        "integer": pa.int64(),
        "decimal": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us"),
        "time": pa.time64("us"),
        "duration": pa.duration("us"),
        "category": pa.string(),
        "text": pa.string(),
    }
    return types[name]


def odd_type() -> pa.DataType:
    """Return the type of the ODD column: one list of {column, text} per row."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.list_(pa.struct([("column", pa.int32()), ("text", pa.string())]))


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """Return the one schema that all parts of a sheet share."""
    import pyarrow as pa  # noqa: PLC0415

    fields = [pa.field(column.name, arrow_type(column.type)) for column in columns]
    if any(column.odd for column in columns):
        fields.append(pa.field(ODD, odd_type()))
    return pa.schema(fields)
