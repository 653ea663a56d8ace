"""A form with a file of references and what to look for in it."""

from __future__ import annotations

from typing import NamedTuple

from flask import Request
from multipart import MultipartError, MultipartParser

from functions.upload.file_name import safe_file_name
from functions.upload.receive import too_large
from functions.upload.screenings.models import ScreeningForm, ScreeningOptions
from functions.upload.sniff import Sniffer
from shared.errors import BadRequest, Unprocessable
from shared.http.validate import values_as

_OTHER_BYTES = 256 * 1024
"""What a form may add to its file."""
_FILE = "file"


class Form(NamedTuple):
    """The file's content, its name, and the options beside it."""

    data: bytes
    name: str
    options: ScreeningOptions


def read_form(request: Request, *, limit: int) -> Form:
    """Read it all: references are texts, so the limit of one request keeps it small.

    Raises BadRequest, TooLarge, Unprocessable or UnsupportedType.
    """
    boundary = request.mimetype_params.get("boundary")
    if not boundary:
        raise BadRequest("The Content-Type has no boundary: let your HTTP client set it.")
    if (request.content_length or 0) > limit + _OTHER_BYTES:
        raise too_large(limit)
    try:
        parser = MultipartParser(
            request.stream,
            boundary,
            content_length=request.content_length or -1,
            spool_limit=limit + _OTHER_BYTES,
            memory_limit=limit + _OTHER_BYTES,
            disk_limit=0,
        )
        parts = {part.name: part for part in parser}
    except MultipartError as error:
        raise BadRequest(f"The form cannot be read ({error}).") from error
    file = parts.pop(_FILE, None)
    if file is None or not file.filename:
        raise Unprocessable(f"Put the references into the form's field '{_FILE}'.")
    sniffer = Sniffer()
    sniffer.feed(file.raw)
    sniffer.check()
    values = {name: part.value for name, part in parts.items()}
    return Form(file.raw, safe_file_name(file.filename), _options(values))


def _options(values: dict[str, str]) -> ScreeningOptions:
    form = values_as(ScreeningForm, {_FILE: "", **values})
    return ScreeningOptions(criteria=form.criteria, rule=form.rule, mapping=form.mapping or {})
