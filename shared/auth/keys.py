"""An issuer's public keys (JWKS), fetched when needed and kept."""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.request
from collections.abc import Callable
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


class Keys:
    """The keys at one address, by id. A copy that cannot be renewed serves on."""

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
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
            self._keys = _fetch(self._url)
            self._fetched_at = self._clock()
        except (OSError, ValueError) as error:
            _LOG.warning("The keys at %s cannot be read: %s", self._url, error)


def _fetch(url: str) -> dict[str, PyJWK]:
    from jwt import PyJWK, PyJWKError  # noqa: PLC0415 - a tenth of a second, at the first token

    with urllib.request.urlopen(url, timeout=_FETCH_SECONDS) as answer:  # noqa: S310 - see settings
        document = json.loads(answer.read(_MOST_BYTES))
    keys: dict[str, PyJWK] = {}
    for described in document["keys"] if isinstance(document, dict) else ():
        try:
            # With a secret key among them, whoever knows it could sign.
            if described["kty"] in _PUBLIC and described.get("use", "sig") == "sig":
                keys[described["kid"]] = PyJWK(described)
        except (PyJWKError, KeyError, TypeError, AttributeError):
            continue  # of a kind that we do not read, or without a name to find it by
    return keys
