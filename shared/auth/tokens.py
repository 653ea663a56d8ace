"""Signed tokens (JWT), believed when everything about them is right."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Any

from shared.auth.keys import Keys
from shared.errors import Unauthorized

_SKEW_SECONDS = 30
"""Clocks differ a little."""
_REMEMBERED_SECONDS = 60.0
_REMEMBERED = 2048
_LONGEST = 16 * 1024


class Tokens:
    """Reads tokens of one issuer for one audience.

    A token that was found right is remembered by its hash for up to a minute, within its own time:
    a page that polls sends the same one again and again.
    """

    def __init__(
        self, *, keys: Keys, issuers: Collection[str], audience: str, algorithms: Collection[str]
    ) -> None:
        self._keys = keys
        self._issuers = list(issuers)
        self._audience = audience
        self._algorithms = sorted(algorithms)
        self._lock = threading.Lock()
        self._right: OrderedDict[bytes, tuple[float, Mapping[str, Any]]] = OrderedDict()

    def claims(self, token: str) -> Mapping[str, Any]:
        """Return what the token says; raises Unauthorized, which never repeats the token."""
        digest = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        known = self._right.get(digest)
        if known and time.time() < known[0]:
            return known[1]
        claims = self._read(token)
        until = min(time.time() + _REMEMBERED_SECONDS, float(claims["exp"]))
        with self._lock:
            self._right[digest] = until, claims
            while len(self._right) > _REMEMBERED:
                self._right.popitem(last=False)
        return claims

    def _read(self, token: str) -> Mapping[str, Any]:
        import jwt  # noqa: PLC0415 - a tenth of a second, at the first token

        if len(token) > _LONGEST:
            raise Unauthorized("The token is too long to be one.")
        try:
            head = jwt.get_unverified_header(token)
            key = self._keys.find(str(head.get("kid", "")))
            if key is None:
                raise Unauthorized("The token is not signed with a key of its issuer: sign in.")
            return jwt.decode(
                token,
                key,
                algorithms=self._algorithms,
                audience=self._audience,
                issuer=self._issuers,
                leeway=_SKEW_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise Unauthorized("Your sign-in has expired: sign in again.") from error
        except jwt.InvalidTokenError as error:
            raise Unauthorized(
                "The token is not one that its issuer made for Sluice: sign in again."
            ) from error
