"""Which files a corpus has."""

from __future__ import annotations

import os
from pathlib import Path

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".ots")
TEXTS = (".csv", ".tsv", ".tab", ".gz", ".zip")
COMPARED = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt")


def corpus() -> list[Path] | None:
    """Return the files below the folder SLUICE_CORPUS; None when it names none.

    SLUICE_CORPUS_MOST bounds how many: then every n-th is taken.
    """
    folder = os.environ.get("SLUICE_CORPUS")
    if not folder or not Path(folder).is_dir():
        return None
    found = sorted(
        path
        for path in Path(folder).rglob("*")
        if path.suffix.lower() in (*WORKBOOKS, *TEXTS) and path.is_file()
    )
    most = int(os.environ.get("SLUICE_CORPUS_MOST", len(found) or 1))
    return found[:: max(1, -(-len(found) // most))]
