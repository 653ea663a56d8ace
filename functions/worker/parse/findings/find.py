"""All rules on a column, and their hits as findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from functions.worker.parse.findings.blanks import find_blanks
from functions.worker.parse.findings.dates import find_far_dates
from functions.worker.parse.findings.hits import Hits
from functions.worker.parse.findings.keys import find_duplicate_rows, find_duplicates
from functions.worker.parse.findings.notation import find_notation
from functions.worker.parse.findings.odd import OddCells, find_errors_in_text, find_odd
from functions.worker.parse.findings.sentences import advice, message
from functions.worker.parse.findings.texts import find_in_texts
from functions.worker.parse.findings.where import Where
from shared.clean.column import Column
from shared.clean.findings import Finding, FoundCell
from shared.clean.values import Json


def find_in_column(
    column: Column,
    position: int,
    values: pa.ChunkedArray[Any],
    odd: OddCells | None,
    where: Where,
    *,
    is_key: bool = False,
) -> list[Finding]:
    """Return what is doubtful in one column; `values` are all its cells, odd ones null."""
    whole: Any = values.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    hits = _hits(column, whole, odd, is_key=is_key)
    return [finding(each, column, position, where) for each in _merged(hits)]


def find_in_rows(
    columns: Sequence[Column], positions: Sequence[int], values: Sequence[Any], where: Where
) -> list[Finding]:
    """Return the rows that repeat others in all of these columns, which should be a key."""
    hits = find_duplicate_rows(values)
    if hits is None:
        return []
    joined = columns[0].model_copy(update={"name": " + ".join(each.name for each in columns)})
    return [finding(hits, joined, positions[0], where)]


def finding(hits: Hits, column: Column, position: int, where: Where) -> Finding:
    """Return the hits of a rule as they are stored."""
    rows, letter = where.rows(hits.rows) if hits.rows else [], column.letter
    addresses = [f"{letter}{row}" if row and letter else None for row in rows]
    suggestions = _suggestions(hits, where)
    cells = list(map(FoundCell, hits.rows, rows, addresses, hits.values, suggestions))
    first = {"value": cells[0].value, "suggestion": cells[0].suggestion} if cells else {}
    return Finding(
        rule=hits.rule,
        sheet=where.sheet,
        column=column.name,
        position=position,
        count=hits.count,
        cells=cells,
        message=message(hits.rule, column.name, hits.count, hits.about | first),
        suggestion=advice(hits.rule),
    )


def _hits(column: Column, values: Any, odd: OddCells | None, *, is_key: bool) -> list[Hits | None]:  # noqa: ANN401
    found = [
        *find_odd(column, odd),
        find_far_dates(column, values),
        find_blanks(column, values, odd),
        find_duplicates(column, values, asked=is_key),
        *find_notation(column, values),
    ]
    if column.type in ("text", "category"):
        found += [find_errors_in_text(column, values), *find_in_texts(column, values)]
    return found


def _merged(hits: Iterable[Hits | None]) -> list[Hits]:
    """Put together what two rules call by the same name: dates that are none, and far ones."""
    merged: dict[str, Hits] = {}
    for each in hits:
        if each is not None and each.rule in merged:
            merged[each.rule] = merged[each.rule].with_more(each)
        elif each is not None:
            merged[each.rule] = each
    return list(merged.values())


def _suggestions(hits: Hits, where: Where) -> Sequence[Json]:
    """A repeated key's suggestion is where it stands first."""
    firsts = hits.about.get("firsts")
    if firsts is None:
        return hits.suggestions
    return [f"row {row}" if row else None for row in where.rows(firsts)]
