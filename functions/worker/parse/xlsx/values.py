"""The cells of a block turned into values, class by class."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.cells import EXACT_FLOAT
from functions.worker.parse.strands import Strand
from functions.worker.parse.xlsx.book import Book
from functions.worker.parse.xlsx.cellkinds import Meaning, Source, read_attributes
from functions.worker.parse.xlsx.damage import Damaged
from functions.worker.parse.xlsx.pieces import Piece, pieces_of
from functions.worker.parse.xlsx.serials import durations, moments
from functions.worker.parse.xlsx.tokens import Tokens, texts_at
from functions.worker.parse.xlsx.xmltext import joined_text, plain_texts


def pieces_in(tokens: Tokens, meaning: Meaning, book: Book) -> Iterator[Piece]:
    """Return all cells but blanks; raises Damaged."""
    source = meaning.source[tokens.code]
    if tokens.rich:
        source[list(tokens.rich)] = -1
        yield from _rich(tokens)
    numeric = np.flatnonzero((source >= Source.NUMBER) & (source <= Source.DURATION))
    if len(numeric):
        yield from _numeric(tokens, numeric, source[numeric], book)
    for kind, read in ((Source.SHARED, _shared), (Source.TEXT, _texts)):
        cells = np.flatnonzero(source == kind)
        if len(cells):
            values = read(tokens, cells, book)
            kept = values.is_valid().to_numpy(zero_copy_only=False)
            yield _piece(Strand.TEXT, tokens, cells[kept], values.drop_null())
    booleans = np.flatnonzero(source == Source.BOOLEAN)
    if len(booleans):
        raw = texts_at(tokens.xml, tokens.start[booleans], tokens.end[booleans])
        no = pc.is_in(raw, pa.array([b"0", b"false"])).to_numpy(zero_copy_only=False)
        yield _piece(Strand.BOOLEAN, tokens, booleans, ~no)
    yield from _by_cell(tokens, np.flatnonzero(source == Source.ISO), book)


def _piece(strand: Strand, tokens: Tokens, cells: Array, values: Array) -> Piece:
    return Piece(strand, tokens.row[cells], tokens.column[cells], values)


def _numeric(tokens: Tokens, cells: Array, source: Array, book: Book) -> Iterator[Piece]:
    raw = texts_at(tokens.xml, tokens.start[cells], tokens.end[cells])
    values = _floats(raw)
    with np.errstate(invalid="ignore"):
        unusual = ~(np.abs(values) < EXACT_FLOAT)
    if unusual.any():
        yield from _by_cell(tokens, cells[unusual], book)
        cells, source, values = cells[~unusual], source[~unusual], values[~unusual]
    plain = source == Source.NUMBER
    yield _piece(Strand.NUMBER, tokens, cells[plain], values[plain])
    dated = source == Source.MOMENT
    if dated.any():
        yield from _moments(tokens, cells[dated], values[dated], book)
    lasting = source == Source.DURATION
    if lasting.any():
        micros, outside = durations(values[lasting])
        at = cells[lasting]
        yield _piece(Strand.DURATION, tokens, at[~outside], micros[~outside])
        yield _piece(Strand.NUMBER, tokens, at[outside], values[lasting][outside])


def _floats(raw: Array) -> Array:
    """Return the numbers; NaN for each that Arrow does not read."""
    try:
        return raw.cast(pa.string()).cast(pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        return np.array([_float(text) for text in raw.to_pylist()])


def _float(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _moments(tokens: Tokens, cells: Array, values: Array, book: Book) -> Iterator[Piece]:
    micros, is_time, outside = moments(values, from_1904=book.from_1904)
    dated = ~is_time & ~outside
    yield _piece(Strand.MOMENT, tokens, cells[dated], micros[dated])
    yield _piece(Strand.TIME, tokens, cells[is_time], micros[is_time])
    # Outside its calendar Excel shows ####: the number is what is there.
    yield _piece(Strand.NUMBER, tokens, cells[outside], values[outside])


def shared_indices(tokens: Tokens, cells: Array, book: Book) -> Array:
    """Return which shared texts these cells refer to; raises Damaged."""
    raw = texts_at(tokens.xml, tokens.start[cells], tokens.end[cells])
    try:
        found = raw.cast(pa.string()).cast(pa.int64()).to_numpy()
    except pa.ArrowInvalid:
        found = np.array([int(text) for text in raw.to_pylist()])  # there may be blanks around it
    if len(found) and (found.min() < 0 or found.max() >= len(book.strings)):
        raise Damaged("A cell refers to a shared text that is not there.")
    return found


def _shared(tokens: Tokens, cells: Array, book: Book) -> Array:
    return book.strings.take(pa.array(shared_indices(tokens, cells, book)))


def _texts(tokens: Tokens, cells: Array, book: Book) -> Array:  # noqa: ARG001 - as `_shared`
    return plain_texts(texts_at(tokens.xml, tokens.start[cells], tokens.end[cells]))


def _rich(tokens: Tokens) -> list[Piece]:
    found = ((index, joined_text(xml)) for index, xml in tokens.rich.items())
    return pieces_of(
        (int(tokens.row[index]), int(tokens.column[index]), text if text.strip() else None)
        for index, text in found
    )


def _by_cell(tokens: Tokens, cells: Array, book: Book) -> list[Piece]:
    """Read one by one what whole arrays would not read exactly."""
    found = []
    for index in cells.tolist():
        kind, style = read_attributes(tokens.attributes[tokens.code[index]])
        text = tokens.xml[tokens.start[index] : tokens.end[index]].decode()
        cell = book.cell(kind, text, style)
        found.append((int(tokens.row[index]), int(tokens.column[index]), cell))
    return pieces_of(found)
