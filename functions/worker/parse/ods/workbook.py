"""An open .ods."""

from __future__ import annotations

from collections.abc import Iterator

from functions.worker.parse.cells import Row
from functions.worker.parse.ods.content import Table, read_content
from functions.worker.parse.workbook import SheetInfo
from functions.worker.parse.xlsx.damage import damage_explained
from functions.worker.parse.xlsx.inflate import inflate
from functions.worker.parse.zipped import ZippedWorkbook

_CONTENT = "content.xml"


class OdsWorkbook(ZippedWorkbook):
    """Both passes go through the whole of content.xml, which has all sheets one after the other."""

    def sheets(self) -> list[SheetInfo]:
        """Count each sheet's rows up to the last that has a value, and its cells."""
        tables: list[Table] = []
        rows: dict[int, int] = {}
        with damage_explained():
            for stretch in read_content(self._pieces(), tables):
                rows[stretch.table] = stretch.position + stretch.repeated
        return [
            SheetInfo(
                table.name,
                table.visible,
                rows.get(number, 0),
                table.cells,
                tuple(table.merges),
            )
            for number, table in enumerate(tables)
        ]

    def rows(self, sheet: str, *, start: int = 0) -> Iterator[Row]:
        """Stream the sheet; an error is its text."""
        tables: list[Table] = []
        with damage_explained():
            for stretch in read_content(self._pieces(), tables, only=sheet):
                first = max(stretch.position, start)
                for position in range(first, stretch.position + stretch.repeated):
                    yield position, list(stretch.cells)

    def _pieces(self) -> Iterator[bytes]:
        return inflate(self._archive, self._archive.getinfo(_CONTENT))
