"""Keep secrets out of what is written down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

_MASK = "***"
_LEAST_LENGTH = 8
"""A shorter value is masked only where its surroundings betray it: it may be part of any word."""

_SECRET_NAME = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD)$")
_HEADERS_NAME = re.compile(r"^OTEL_EXPORTER_OTLP_(?:TRACES_)?HEADERS$")
_PASSWORD_IN_URL = re.compile(r"(://[^\s/:@?#]*:)([^\s/?#]+)(?=@)")
_NAMED_SECRET = re.compile(
    r"""((?:password|passwd|secret|token|api[-_]?key|signature|authorization|upload_id)
         ["']?\s*[=:]\s*["']?(?:(?:bearer|basic)\s+)?)
        [^\s"'&,;]+""",
    re.IGNORECASE | re.VERBOSE,
)


class Mask:
    """Hides the secrets of an environment, and whatever else looks like one.

    An error's text may quote a secret out of its context, as libpq does with a password that it
    cannot decode: so the values themselves are looked for too.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        values = {value for value in _secrets(environment) if len(value) >= _LEAST_LENGTH}
        longest_first = sorted(values, key=len, reverse=True)
        self._values = re.compile("|".join(map(re.escape, longest_first))) if values else None

    def __call__(self, text: str) -> str:
        """Return the text with a mask in place of each secret."""
        if self._values is not None:
            text = self._values.sub(_MASK, text)
        text = _PASSWORD_IN_URL.sub(rf"\1{_MASK}", text)
        return _NAMED_SECRET.sub(rf"\1{_MASK}", text)


def _secrets(environment: Mapping[str, str]) -> Iterator[str]:
    for name, value in environment.items():
        if _SECRET_NAME.search(name):
            yield value
        elif _HEADERS_NAME.search(name):
            for header in value.split(","):
                yield unquote(header.partition("=")[2].strip())
        elif found := _PASSWORD_IN_URL.search(value):
            yield found[2]
            yield unquote(found[2])
