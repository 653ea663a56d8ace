"""The texts that a workbook's cells share, as one array."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from functions.worker.parse.arrow import Array, pa
from functions.worker.parse.xlsx.caps import refuse_much_shared_text, room_for_shared_text
from functions.worker.parse.xlsx.slicing import STRINGS, Foreign, slices
from functions.worker.parse.xlsx.tokens import texts_at
from functions.worker.parse.xlsx.xmltext import joined_text, plain_texts

_LT, _GT, _BLANK, _SLASH = b"<> /"
_PRESERVED = b' xml:space="preserve">'


def read_strings(pieces: Iterable[bytes]) -> Array:
    """Return the texts in their order; null where one is blank.

    Raises Foreign for XML that no spreadsheet program writes.
    """
    most = room_for_shared_text()
    size = 0
    found = []
    for xml in slices(pieces, STRINGS):
        texts = _texts(xml)
        size += texts.nbytes
        refuse_much_shared_text(size, most)
        found.append(texts)
    return pa.concat_arrays(found) if found else pa.array([], pa.string())


def _texts(xml: bytes) -> Array:
    data = np.frombuffer(xml, np.uint8)
    tags = np.flatnonzero(data == _LT)
    if not len(tags) or tags[-1] + 2 >= len(data):
        raise Foreign
    one, two = data[tags + 1], data[tags + 2]
    if ((one == ord("!")) | (one == ord("?"))).any():
        raise Foreign
    items = np.flatnonzero((one == ord("s")) & (two == ord("i")))
    texts = np.flatnonzero((one == ord("t")) & ((two == _GT) | (two == _BLANK)))
    texts = texts[data[np.minimum(tags[texts] + 3, len(data) - 1)] != _SLASH]  # <t />
    runs = np.flatnonzero((one == ord("r")) & ((two == _GT) | (two == _BLANK) | (two == ord("P"))))
    raw = texts_at(xml, *_bounds(xml, data, tags, texts))
    return _by_item(plain_texts(raw), items, texts, _rich(xml, tags, items, runs))


def _bounds(xml: bytes, data: Array, tags: Array, texts: Array) -> tuple[Array, Array]:
    if len(texts) and texts[-1] + 1 >= len(tags):
        raise Foreign
    start, end = tags[texts] + 3, tags[texts + 1]
    for index in np.flatnonzero(data[start - 1] == _BLANK):
        if not xml.startswith(_PRESERVED, int(start[index]) - 1):
            raise Foreign
        start[index] += len(_PRESERVED) - 1
    return start, end


def _rich(xml: bytes, tags: Array, items: Array, runs: Array) -> dict[int, str]:
    """Return the texts that are in several pieces, by their place among all."""
    rich = np.unique(np.searchsorted(items, runs) - 1)
    bounds = [*tags[items].tolist(), len(xml)]
    return {int(n): joined_text(xml[bounds[n] : bounds[n + 1]].rstrip()) for n in rich}


def _by_item(texts: Array, items: Array, tags: Array, rich: dict[int, str]) -> Array:
    owner = np.searchsorted(items, tags) - 1
    place = np.full(len(items), -1, np.int64)
    place[owner] = np.arange(len(tags))
    found = texts.take(pa.array(place, mask=place < 0))
    if not rich:
        return found
    values = found.to_numpy(zero_copy_only=False)
    for number, text in rich.items():
        values[number] = text if text and not text.isspace() else None
    return pa.array(values, pa.string())
