"""The Google identity that this function runs under."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

_SCOPE = "https://www.googleapis.com/auth/cloud-platform"


@dataclass
class Identity:
    """Fetches access tokens, and keeps one until shortly before it expires.

    `seconds` is for each request that this takes.
    """

    seconds: float
    _credentials: Credentials | None = field(default=None, init=False)
    _request: Any = field(default=None, init=False)

    def token(self) -> str:
        """Return an access token; raises google.auth's errors when there is none to be had."""
        if self._credentials is None:
            self._sign_in()
        assert self._credentials is not None  # noqa: S101 - signed in
        if not self._credentials.valid:
            self._credentials.refresh(self._request)  # type: ignore[no-untyped-call]
        return str(self._credentials.token)

    def _sign_in(self) -> None:
        from google.auth import default  # noqa: PLC0415 - slow, and only this way needs it
        from google.auth.transport.requests import Request  # noqa: PLC0415

        self._request = partial(Request(), timeout=self.seconds)
        self._credentials, _ = default(scopes=[_SCOPE], request=self._request)
