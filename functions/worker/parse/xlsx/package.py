"""What is in an .xlsx: its sheets, in their order, and where everything lies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile, ZipInfo

from functions.worker.parse.xlsx.damage import Damaged
from functions.worker.parse.xlsx.inflate import PIECE, inflate
from functions.worker.parse.xlsx.xml import elements

_WORKBOOK = "xl/workbook.xml"


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

    def pieces(self, member: ZipInfo, most: int = PIECE) -> Iterator[bytes]:
        """Yield what a file of the workbook holds, `most` bytes at a time."""
        return inflate(self.archive, member, most)


def open_package(archive: ZipFile) -> Package:
    """Read the workbook's contents; raises Damaged when there is no worksheet."""
    package = Package(archive)
    names = {_key(info.filename): info for info in archive.infolist()}
    workbook = _find_workbook(archive, names)
    targets = _relations(archive, names, workbook)
    for kind, path in targets.values():
        if kind == "sharedStrings":
            package.strings = names.get(_key(path))
        elif kind == "styles":
            package.styles = names.get(_key(path))
    for name, attributes in elements(inflate(archive, names[_key(workbook)])):
        if name == "workbookPr":
            package.from_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif name == "sheet":
            _add_sheet(package, attributes, targets, names)
    if not package.sheets:
        raise Damaged("The workbook has no worksheet.")
    return package


def _add_sheet(
    package: Package,
    attributes: dict[str, str],
    targets: dict[str, tuple[str, str]],
    names: dict[str, ZipInfo],
) -> None:
    kind, path = targets.get(attributes.get(":id") or attributes.get("id", ""), ("", ""))
    member = names.get(_key(path))
    if kind == "worksheet" and member is not None:
        visible = attributes.get("state", "visible") == "visible"
        package.sheets.append(SheetFile(attributes.get("name", ""), visible, member))


def _find_workbook(archive: ZipFile, names: dict[str, ZipInfo]) -> str:
    for kind, path in _relations(archive, names, "").values():
        if kind == "officeDocument" and _key(path) in names:
            return path
    if _key(_WORKBOOK) not in names:
        raise Damaged("There is no workbook in the file.")
    return _WORKBOOK


def _relations(
    archive: ZipFile, names: dict[str, ZipInfo], path: str
) -> dict[str, tuple[str, str]]:
    """Return kind and path of what a file refers to, by the names that it uses itself."""
    folder, name = posixpath.split(path)
    member = names.get(_key(f"{folder}/_rels/{name}.rels"))
    if member is None:
        return {}
    return {
        attributes.get("Id", ""): (
            attributes.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))),
        )
        for element, attributes in elements(inflate(archive, member))
        if element == "Relationship" and attributes.get("TargetMode") != "External"
    }


def _key(path: str) -> str:
    """Some writers differ from themselves in case and in slashes."""
    return path.replace("\\", "/").strip("/").lower()
