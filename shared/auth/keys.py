"""An issuer's public keys (JWKS), fetched when needed and kept."""

from __future__ import annotations

import json
import logging
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shared.errors import Unavailable

if TYPE_CHECKING:
    from jwt import PyJWK

_LOG = logging.getLogger("sluice.auth")
_KEPT_SECONDS = 3600.0
_ASKED_AGAIN_SECONDS = 60.0
"""However many tokens name a key that we do not know: nobody can make us hammer the issuer."""
_WITHOUT_ANY_SECONDS = 5.0
"""Between attempts to get the first keys, without which nobody gets in."""
_PUBLIC = ("RSA", "EC", "OKP")
_FETCH_SECONDS = 5.0
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """Where an issuer shows its keys, and what it wants to see for that."""

    url: str
    token_file: Path | None = None
    """Of a bearer token: a cluster shows its keys to those who work in it."""
    ca_file: Path | None = None
    """Of the authority that has signed its certificate, if it is none that is known."""

    def read(self) -> bytes:
        """Return the document; raises OSError. The token is read anew, as its file is renewed."""
        headers = {}
        if self.token_file is not None:
            headers["Authorization"] = f"Bearer {self.token_file.read_text().strip()}"
        trusted = ssl.create_default_context(cafile=self.ca_file) if self.ca_file else None
        asked = urllib.request.Request(self.url, headers=headers)  # noqa: S310 - see settings
        with urllib.request.urlopen(asked, timeout=_FETCH_SECONDS, context=trusted) as answer:  # noqa: S310
            document: bytes = answer.read(_MOST_BYTES)
            return document


class Keys:
    """The keys of one issuer, by id. A copy that cannot be renewed serves on."""

    def __init__(self, source: Source, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str, PyJWK] = {}
        self._fetched_at = self._tried_at = float("-inf")

    def find(self, key_id: str) -> PyJWK | None:
        """Return the key, None when the issuer has none of that id.

        Raises Unavailable when no keys are to be had at all.
        """
        if self._is_due(known=key_id in self._keys):
            with self._lock:
                # Whoever held the lock before has asked for all who waited for it.
                if self._is_due(known=key_id in self._keys):
                    self._renew()
        if not self._keys:
            raise Unavailable("Who you are cannot be checked just now. Try again in a minute.")
        return self._keys.get(key_id)

    def _is_due(self, *, known: bool) -> bool:
        now = self._clock()
        pause = _ASKED_AGAIN_SECONDS if self._keys else _WITHOUT_ANY_SECONDS
        if now - self._tried_at < pause:
            return False
        return not known or now - self._fetched_at >= _KEPT_SECONDS

    def _renew(self) -> None:
        self._tried_at = self._clock()
        try:
            self._keys = _keys_in(self._source.read())
            self._fetched_at = self._clock()
        except (OSError, ValueError) as error:
            _LOG.warning("The keys at %s cannot be read: %s", self._source.url, error)


def _keys_in(text: bytes) -> dict[str, PyJWK]:
    from jwt import PyJWK, PyJWKError  # noqa: PLC0415 - a tenth of a second, at the first token

    document = json.loads(text)
    keys: dict[str, PyJWK] = {}
    for described in document["keys"] if isinstance(document, dict) else ():
        try:
            # With a secret key among them, whoever knows it could sign.
            if described["kty"] in _PUBLIC and described.get("use", "sig") == "sig":
                keys[described["kid"]] = PyJWK(described)
        except (PyJWKError, KeyError, TypeError, AttributeError):
            continue  # of a kind that we do not read, or without a name to find it by
    return keys
