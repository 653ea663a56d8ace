"""Stream a multipart body's file into the bucket, never holding it whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO, TypeAlias

from flask import Request
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from functions.upload.file_name import safe_file_name
from functions.upload.sniff import Sniffer
from shared.errors import BadRequest, TooLarge, Unprocessable
from shared.records.sheets import StoredFile
from shared.storage import Store

_READ_BYTES = 64 * 1024
_FIELD = "file"

Event: TypeAlias = MultipartSegment | bytes | None
"""A part's head, then its bytes, then None at its end."""


def receive(request: Request, store: Store, key: str, *, limit: int) -> StoredFile:
    """Store the form's one file under `key` and say what it was.

    Raises BadRequest, Unprocessable, UnsupportedType or TooLarge; then nothing is stored.
    """
    try:
        with PushMultipartParser(_boundary(request)) as parser:
            events = _events(request, parser)
            head = _expect_file(next(events, None))
            file = _store(head, events, store, key, limit)
            try:
                _expect_end(next(events, None))
            except BaseException:
                store.delete(key)
                raise
            return file
    except MultipartError as error:
        raise BadRequest(
            f"The form cannot be read ({error}): send it as multipart/form-data."
        ) from error


def _boundary(request: Request) -> str:
    boundary = request.mimetype_params.get("boundary")
    if not boundary:
        raise BadRequest("The Content-Type has no boundary: let your HTTP client set it.")
    return boundary


def _events(request: Request, parser: PushMultipartParser) -> Iterator[Event]:
    while not parser.closed:
        yield from parser.parse(request.stream.read(_READ_BYTES))


def _expect_file(event: Event) -> MultipartSegment:
    if not isinstance(event, MultipartSegment):
        raise Unprocessable(f"The form is empty: put the file into its field '{_FIELD}'.")
    if event.name != _FIELD:
        raise Unprocessable(f"The form has a field '{event.name}': only '{_FIELD}' is known.")
    if event.filename is None:
        raise Unprocessable(f"The field '{_FIELD}' must be a file with a file name.")
    return event


def _store(
    head: MultipartSegment, events: Iterator[Event], store: Store, key: str, limit: int
) -> StoredFile:
    sniffer, digest = Sniffer(), hashlib.sha256()
    with store.writer(key) as out:
        size = _copy(events, out, sniffer, digest, limit)
        sniffer.check()
    return StoredFile(
        key=key, name=safe_file_name(head.filename or ""), size=size, sha256=digest.hexdigest()
    )


def _copy(
    events: Iterator[Event],
    out: IO[bytes],
    sniffer: Sniffer,
    digest: hashlib._Hash,
    limit: int,
) -> int:
    size = 0
    for event in events:
        if not isinstance(event, bytes):
            break
        size += len(event)
        if size > limit:
            raise too_large(limit)
        sniffer.feed(event)
        digest.update(event)
        out.write(event)
    return size


def _expect_end(event: Event) -> None:
    if isinstance(event, MultipartSegment):
        raise Unprocessable(f"The form has a second field '{event.name}': send one file a request.")


def too_large(limit: int) -> TooLarge:
    """Return the error for a file that is too large for one request."""
    return TooLarge(
        f"The file is larger than {limit / (1 << 20):.0f} MiB, the limit for one request. Larger "
        "files go straight to the bucket: POST /api/v1/uploads tells how.",
        limitBytes=limit,
    )
