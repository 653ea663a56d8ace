"""Extracted values as columns of a table."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pyarrow as pa

from functions.worker.frames.frame import Cells
from functions.worker.frames.load import load
from functions.worker.frames.publish import Published, publish
from functions.worker.job import Job
from shared.clean.column import ColumnType
from shared.clean.schema import arrow_type
from shared.errors import ObjectMissing, Unrecoverable
from shared.extraction.template import FieldType, TemplateField
from shared.jobs.apply_extraction import ApplyExtraction

_TYPES: dict[FieldType, ColumnType] = {
    "text": "text",
    "choice": "text",
    "number": "decimal",
    "date": "date",
    "boolean": "boolean",
}


def with_columns(payload: ApplyExtraction, job: Job) -> Published:
    """Return the record's next version; a column whose name is taken gets a number behind it."""
    try:
        frame = load(job.store, payload.clean_data_key)
        values: dict[str, list[str | None]] = json.loads(job.store.read(payload.values_key))
    except ObjectMissing as missing:
        raise Unrecoverable("The record's clean data has gone. Read it once, and try again.") from (
            missing
        )
    taken = {cells.name for cells in frame.columns}
    for field in payload.template.root:
        name = _free(field.name, taken)
        taken.add(name)
        frame = frame.plus(_cells(name, field, values[field.name][: frame.rows], frame.rows))
    return publish(frame, job)


def _free(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _cells(name: str, field: TemplateField, values: list[str | None], rows: int) -> Cells:
    kind = _TYPES[field.type]
    padded = [*values, *([None] * (rows - len(values)))]
    typed: Any = [None if value is None else _typed(value, field.type) for value in padded]
    return Cells.of(name, kind, pa.array(typed, type=arrow_type(kind)))


def _typed(value: str, kind: FieldType) -> object:
    match kind:
        case "number":
            return float(value)
        case "date":
            return date.fromisoformat(value)
        case "boolean":
            return value == "true"
        case _:
            return value
