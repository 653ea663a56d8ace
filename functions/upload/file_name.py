"""File names from strangers."""

import re

_MAX_LENGTH = 255
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def safe_file_name(name: str) -> str:
    """Return the last part of a path, without control characters and not longer than 255.

    It is shown to people and put into headers; it never names an object.
    """
    last = re.split(r"[/\\]", name)[-1]
    cleaned = _UNPRINTABLE.sub("", last).strip().strip(".")
    return cleaned[-_MAX_LENGTH:] or "file"
