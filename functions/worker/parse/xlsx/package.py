"""What is in an .xlsx: its sheets, in their order, and where everything lies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile, ZipInfo

from functions.worker.parse.xlsx.damage import Damaged
from functions.worker.parse.xlsx.inflate import inflate
from functions.worker.parse.xlsx.xml import elements

_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A worksheet and the file with its cells."""

    name: str
    visible: bool
    member: ZipInfo


@dataclass(slots=True)
class Package:
    """The files of a workbook, found by their relations, as Excel finds them."""

    archive: ZipFile
    sheets: list[SheetFile] = field(default_factory=list)
    from_1904: bool = False
    strings: ZipInfo | None = None
    styles: ZipInfo | None = None

    def pieces(self, member: ZipInfo) -> Iterator[bytes]:
        """Yield what a file of the workbook holds, always cut at the same places."""
        return inflate(self.archive, member)


class Files:
    """A workbook's files before its list of sheets has been read."""

    def __init__(self, archive: ZipFile) -> None:
        self.package = Package(archive)
        self._names = {_key(info.filename): info for info in archive.infolist()}
        path = self._find_workbook()
        self.workbook = self._names[_key(path)]
        self._targets = self._relations(path)
        for kind, target in self._targets.values():
            if kind == "sharedStrings":
                self.package.strings = self._names.get(_key(target))
            elif kind == "styles":
                self.package.styles = self._names.get(_key(target))

    def worksheet(self, relation: str) -> ZipInfo | None:
        """Return a worksheet's file; None for other kinds of sheet and for what is missing."""
        kind, path = self._targets.get(relation, ("", ""))
        return self._names.get(_key(path)) if kind == "worksheet" else None

    def _find_workbook(self) -> str:
        for kind, path in self._relations("").values():
            if kind == "officeDocument" and _key(path) in self._names:
                return path
        usual = next((path for path in _WORKBOOKS if path in self._names), None)
        if usual is None:
            raise Damaged("There is no workbook in the file.")
        return usual

    def _relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Return kind and path of what a file refers to, by the names that it uses itself."""
        folder, name = posixpath.split(path)
        member = self._names.get(_key(f"{folder}/_rels/{name}.rels"))
        if member is None:
            return {}
        return {
            attributes.get("Id", ""): (
                attributes.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))),
            )
            for element, attributes in elements(self.package.pieces(member))
            if element == "Relationship" and attributes.get("TargetMode") != "External"
        }


def open_package(archive: ZipFile) -> Package:
    """Read the workbook's contents; raises Damaged when there is no worksheet."""
    files = Files(archive)
    package = files.package
    for name, attributes in elements(package.pieces(files.workbook)):
        if name == "workbookPr":
            package.from_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif name == "sheet":
            member = files.worksheet(attributes.get(":id") or attributes.get("id", ""))
            if member is not None:
                visible = attributes.get("state", "visible") == "visible"
                package.sheets.append(SheetFile(attributes.get("name", ""), visible, member))
    if not package.sheets:
        raise Damaged("The workbook has no worksheet.")
    return package


def _key(path: str) -> str:
    """Some writers differ from themselves in case and in slashes."""
    return path.replace("\\", "/").strip("/").lower()
