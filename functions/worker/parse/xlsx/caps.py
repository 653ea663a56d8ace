"""How large a workbook may be, whatever it was packed to: bombs are refused before they go off."""

from __future__ import annotations

import resource
import threading
from pathlib import Path

from shared.content.signatures import ZIP_END
from shared.errors import Unrecoverable

MOST_ENTRIES = 20_000
"""Files inside the workbook."""
MOST_CELLS = 60_000_000
MOST_BYTES = 4 << 30
"""Of one file inside, inflated."""
MOST_PACKING = 100
"""Times that a large file inside may have been packed; tables reach 15, monotonous ones 70."""
MOST_ITEM_BYTES = 32 << 20
"""Of XML: of one row, of one shared text, of what stands before the first of them."""
MOST_TEXT_BYTES = 1 << 30
"""Of all texts of a sheet, each counted as often as it stands in a cell."""
MOST_SLICE_TEXT_BYTES = 128 << 20
"""Of the texts of a block, which is cut the smaller the longer the shared texts are."""

_MIB = 1 << 20
_BOMB_BYTES = 256 << 20
"""From here on the packing is looked at."""
_END_BYTES = (1 << 16) + 22
"""In which the end of a zip archive's listing is found."""
_LISTED_BYTES = 46
"""That an entry of the listing takes at the least."""
_LEAST_TEXT = 64 << 20
_STATM = Path("/proc/self/statm")
_ADVICE = "Split it into several files, or save the table as .csv and upload that file."


def too_large(what: str) -> Unrecoverable:
    """Return what to raise: `what` completes `The workbook holds …`."""
    return Unrecoverable(f"The workbook holds {what}: more than can be read. {_ADVICE}")


class Spent:
    """What the blocks of a sheet, read by several threads, hold together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cells = self._text = 0

    def add(self, *, cells: int, text: int) -> None:
        """Count a block's cells and the bytes of their texts; raises Unrecoverable."""
        refuse_dense_text(text)
        with self._lock:
            self._cells += cells
            self._text += text
        refuse_many_cells(self._cells)
        refuse_much_text(self._text)


def refuse_dense_text(size: int) -> None:
    """Raise Unrecoverable for more text than a block may have."""
    if size > MOST_SLICE_TEXT_BYTES:
        raise too_large(f"over {size // _MIB:,} MiB of text in a few rows")


def refuse_many_cells(cells: int) -> None:
    """Raise Unrecoverable for more cells than can be read."""
    if cells > MOST_CELLS:
        raise too_large(f"over {MOST_CELLS // 1_000_000} million cells in one sheet")


def refuse_packed(size: int, packed: int) -> None:
    """Raise Unrecoverable for a file inside that is too large, or grows as no table does."""
    if size > MOST_BYTES:
        raise too_large(f"a sheet of over {MOST_BYTES >> 30} GiB")
    if size > _BOMB_BYTES and size > MOST_PACKING * packed:
        raise too_large(f"over {size // _MIB} MiB that were packed into {packed // 1024:,} KiB")


def refuse_long_item(size: int) -> None:
    """Raise Unrecoverable for a row or a text that no block can hold."""
    if size > MOST_ITEM_BYTES:
        raise too_large(f"a single row or text of over {MOST_ITEM_BYTES // _MIB} MiB")


def refuse_much_text(size: int) -> None:
    """Raise Unrecoverable for texts whose copies would fill the memory."""
    if size > MOST_TEXT_BYTES:
        raise too_large(f"over {MOST_TEXT_BYTES >> 30} GiB of text in one sheet")


def refuse_much_shared_text(size: int, most: int) -> None:
    """Raise Unrecoverable for shared texts that do not find room in this process."""
    if size > most:
        raise too_large(f"over {most // _MIB} MiB of shared texts")


def room_for_shared_text() -> int:
    """Return how many bytes of shared text this process has room for, by its limit of memory."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY or not _STATM.exists():
        return MOST_TEXT_BYTES
    used = int(_STATM.read_text().split()[0]) * resource.getpagesize()
    return max((limit - used) // 4, _LEAST_TEXT)


def refuse_many_entries(path: Path) -> None:
    """Raise Unrecoverable for an archive of more files than a workbook has, before it is listed."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - _END_BYTES, 0))
        tail = file.read()
    end = tail.rfind(ZIP_END)
    if end >= 0:
        listing = int.from_bytes(tail[end + 12 : end + 16], "little")
        entries = int.from_bytes(tail[end + 10 : end + 12], "little")
        if max(listing // _LISTED_BYTES, entries) > MOST_ENTRIES:
            raise too_large(f"over {MOST_ENTRIES:,} files inside")
