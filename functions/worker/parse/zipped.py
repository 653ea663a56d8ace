"""A workbook that is a zip archive with XML or records in it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from functions.worker.parse.binary import BinaryWorkbook
from functions.worker.parse.xlsx.caps import refuse_many_entries
from functions.worker.parse.xlsx.damage import damage_explained


class ZippedWorkbook(BinaryWorkbook):
    """Its directory is read when it is made; raises Unrecoverable."""

    def __init__(self, path: Path) -> None:
        refuse_many_entries(path)
        with damage_explained():
            self._archive = ZipFile(path)
            try:
                self._open()
            except BaseException:
                self._archive.close()
                raise

    def _open(self) -> None:
        """Read what is needed at once."""

    def _close(self) -> None:
        self._archive.close()
