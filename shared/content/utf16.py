"""Texts in UTF-16 that do not say so by a byte order mark."""

from __future__ import annotations

_NO_CONTROLS = "\t\n\r\f"


def utf16_without_mark(head: bytes) -> str | None:
    """Return the encoding's name when a file's first bytes are such a text, else None.

    Every other byte of a table's commas and line ends is null then, and none of those between.
    """
    halves = head[0::2], head[1::2]
    for name, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if 0 in halves[high] and 0 not in halves[low]:
            text = head[: len(head) // 2 * 2].decode(name, "ignore")
            if not any(each < " " and each not in _NO_CONTROLS for each in text):
                return name
    return None
