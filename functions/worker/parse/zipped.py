"""A workbook that is a zip archive with XML or records in it."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self
from zipfile import ZipFile

from functions.worker.parse.xlsx.caps import refuse_many_entries
from functions.worker.parse.xlsx.damage import damage_explained
from shared.clean.options import Quote


class ZippedWorkbook:
    """Open for the length of the block; it has nothing of what tells one text file from another."""

    encoding: str | None = None
    delimiter: str | None = None
    quote: Quote | None = None

    def __init__(self, path: Path) -> None:
        refuse_many_entries(path)
        with damage_explained():
            self._archive = ZipFile(path)
            try:
                self._open()
            except BaseException:
                self._archive.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    def _open(self) -> None:
        """Read what is needed at once."""
