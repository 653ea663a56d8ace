"""A labelled set of the user's own: a CSV with title, abstract and label."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.screening.synthetic import Labelled

_NAMES = {
    "title": ("title", "primary_title"),
    "abstract": ("abstract",),
    "label": ("label", "label_included", "included", "relevant"),
}
_YES = {"1", "true", "yes", "include", "included", "relevant"}


def read_set(path: Path) -> list[Labelled]:
    """Return its records; raises SystemExit, which says what is wrong."""
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {name.strip().lower(): name for name in (rows[0] if rows else {})}
    column = {
        field: next((known[name] for name in names if name in known), None)
        for field, names in _NAMES.items()
    }
    if missing := [field for field, name in column.items() if name is None]:
        raise SystemExit(f"{path} has no column {' and no '.join(missing)}.")
    found = [
        Labelled(
            row[str(column["title"])] or "",
            row[str(column["abstract"])] or "",
            (row[str(column["label"])] or "").strip().lower() in _YES,
        )
        for row in rows
    ]
    if not 0 < sum(each.relevant for each in found) < len(found):
        raise SystemExit(f"{path} must have both records with label 1 and records with label 0.")
    return found
