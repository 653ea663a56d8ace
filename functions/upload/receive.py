"""Stream a multipart body's file into the bucket, never holding it whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO, NamedTuple, TypeAlias

from flask import Request
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from functions.upload.file_name import safe_file_name
from functions.upload.form_options import FIELDS, options_in
from functions.upload.sniff import Sniffer
from shared.clean.options import ParseOptions
from shared.errors import BadRequest, TooLarge, Unprocessable
from shared.records.sheets import StoredFile
from shared.storage import Store

_READ_BYTES = 64 * 1024
_FIELD = "file"

MAX_FIELD_BYTES = 256 * 1024
"""Of one field beside the file."""

Field: TypeAlias = tuple[str, str]

Event: TypeAlias = MultipartSegment | bytes | None
"""A part's head, then its bytes, then None at its end."""


class Received(NamedTuple):
    """A file and how it is to be read."""

    file: StoredFile
    options: ParseOptions


def receive(request: Request, store: Store, key: str, *, limit: int) -> Received:
    """Store the form's one file under `key`, say what it was and how it is to be read.

    Raises BadRequest, Unprocessable, UnsupportedType or TooLarge; then nothing is stored.
    """
    try:
        with PushMultipartParser(_boundary(request)) as parser:
            events = _events(request, parser)
            before, head = _up_to_file(events)
            file = _store(head, events, store, key, limit)
            try:
                options = options_in([*before, *_after_file(events)])
            except BaseException:
                store.delete(key)
                raise
            return Received(file, options)
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


def _up_to_file(events: Iterator[Event]) -> tuple[list[Field], MultipartSegment]:
    fields: list[Field] = []
    for head in events:
        assert isinstance(head, MultipartSegment)  # noqa: S101 - each part was read to its end
        if head.name == _FIELD:
            if head.filename is None:
                raise Unprocessable(f"The field '{_FIELD}' must be a file with a file name.")
            return fields, head
        fields.append(_field(head, events))
    raise Unprocessable(f"The form has no file: put it into its field '{_FIELD}'.")


def _after_file(events: Iterator[Event]) -> Iterator[Field]:
    for head in events:
        assert isinstance(head, MultipartSegment)  # noqa: S101
        if head.name == _FIELD:
            raise Unprocessable("The form has a second file: send one file a request.")
        yield _field(head, events)


def _field(head: MultipartSegment, events: Iterator[Event]) -> Field:
    if head.name not in FIELDS:
        known = ", ".join(sorted(FIELDS))
        raise Unprocessable(
            f"The form has a field '{head.name}': only '{_FIELD}' and {known} are known."
        )
    value = b""
    for event in events:
        if not isinstance(event, bytes):
            break
        value += event
        if len(value) > MAX_FIELD_BYTES:
            raise Unprocessable(f"The field '{head.name}' is too long.")
    try:
        return head.name, value.decode()
    except UnicodeDecodeError as error:
        raise Unprocessable(f"The field '{head.name}' must be UTF-8.") from error


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


def too_large(limit: int) -> TooLarge:
    """Return the error for a file that is too large for one request."""
    return TooLarge(
        f"The file is larger than {limit / (1 << 20):.0f} MiB, the limit for one request. Larger "
        "files go straight to the bucket: POST /api/v1/uploads tells how.",
        limitBytes=limit,
    )
