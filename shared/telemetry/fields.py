"""What every line of the log says about where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_FIELDS: ContextVar[Mapping[str, object]] = ContextVar("log_fields", default={})  # noqa: B039


@contextmanager
def log_fields(**fields: object) -> Iterator[None]:
    """Add fields to all that this thread logs in the block; None leaves one out."""
    known = {name: value for name, value in fields.items() if value is not None}
    before = _FIELDS.set({**_FIELDS.get(), **known})
    try:
        yield
    finally:
        _FIELDS.reset(before)


def current_fields() -> Mapping[str, object]:
    """Return the fields that hold here."""
    return _FIELDS.get()
