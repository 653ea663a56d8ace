"""A labelled set of the user's own: a CSV with title, abstract and label."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from benchmarks.screening.synthetic import Labelled

_NAMES = {
    "title": ("title", "primary_title"),
    "abstract": ("abstract",),
    "label": ("label", "label_included", "included", "relevant"),
}
_LABELS = {
    **dict.fromkeys(("1", "1.0", "true", "yes", "include", "included", "relevant"), True),
    **dict.fromkeys(("0", "0.0", "false", "no", "exclude", "excluded", "irrelevant"), False),
}


def read_set(path: Path) -> list[Labelled]:
    """Return its records; raises SystemExit, which says what is wrong."""
    csv.field_size_limit(1 << 24)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names, rows = reader.fieldnames or [], list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SystemExit(f"{path} cannot be read as a CSV in UTF-8: {error}.") from error
    column = _columns(path, names)
    found = [
        Labelled(
            row[column["title"]] or "",
            row[column["abstract"]] or "",
            _label(path, number, row[column["label"]]),
        )
        for number, row in enumerate(rows, 1)
    ]
    if not 0 < sum(each.relevant for each in found) < len(found):
        raise SystemExit(f"{path} must have both records with label 1 and records with label 0.")
    return found


def _columns(path: Path, names: Sequence[str]) -> dict[str, str]:
    known = {name.strip().lower(): name for name in names}
    column = {
        field: next((known[name] for name in those if name in known), "")
        for field, those in _NAMES.items()
    }
    if missing := [field for field, name in column.items() if not name]:
        has = ", ".join(names) or "nothing in its first line"
        raise SystemExit(f"{path} has no column {' and no '.join(missing)}; it has {has}.")
    return column


def _label(path: Path, number: int, written: str | None) -> bool:
    label = _LABELS.get((written or "").strip().lower())
    if label is None:
        raise SystemExit(f"{path}, record {number}: the label {written!r} is neither 1 nor 0.")
    return label
