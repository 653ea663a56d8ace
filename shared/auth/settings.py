"""How a function learns who calls."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import Field, HttpUrl, Json, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key of which we hold only the public half: a shared secret could sign, too."""

_IAP_ISSUER = "https://cloud.google.com/iap"
_IAP_KEYS = "https://www.gstatic.com/iap/verify/public_key-jwk"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class AuthSettings(BaseSettings):
    """AUTH_MODE says who vouches for a caller.

    oidc: a token in `Authorization: Bearer`, signed by AUTH_ISSUER for AUTH_AUDIENCE with a key of
    AUTH_JWKS_URL. iap: the header that Identity-Aware Proxy signs for AUTH_AUDIENCE. none: callers
    say it themselves; for one's own machine, and refused where K_SERVICE is set.

    AUTH_USER_CLAIM names the user (`sub`, with iap `email`). AUTH_OWNER_CLAIM names who owns what
    they start: the user unless it is set, so that a team can share its records.
    """

    auth_mode: Literal["none", "iap", "oidc"] = "none"
    auth_issuer: str | None = Field(default=None, validate_default=True)
    auth_audience: str | None = Field(default=None, validate_default=True)
    auth_jwks_url: HttpUrl | None = Field(default=None, validate_default=True)
    auth_algorithms: Json[frozenset[Algorithm]] = Field(
        default=frozenset[Algorithm]({"RS256", "ES256"}), validate_default=False, min_length=1
    )
    """A JSON list; with iap it is ES256 alone."""
    auth_user_claim: str | None = None
    auth_owner_claim: str | None = None

    @field_validator("auth_issuer")
    @classmethod
    def _issued_by_somebody(cls, issuer: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("auth_mode") == "iap":
            return issuer or _IAP_ISSUER
        return _needed(issuer, info, "oidc", "the issuer's name as it stands in its tokens")

    @field_validator("auth_audience")
    @classmethod
    def _meant_for_us(cls, audience: str | None, info: ValidationInfo) -> str | None:
        _needed(audience, info, "iap", "/projects/NUMBER/global/backendServices/ID")
        return _needed(audience, info, "oidc", "the name that tokens for Sluice are issued for")

    @field_validator("auth_jwks_url")
    @classmethod
    def _keys_that_nobody_can_change(
        cls, url: HttpUrl | None, info: ValidationInfo
    ) -> HttpUrl | None:
        if info.data.get("auth_mode") == "iap":
            url = url or HttpUrl(_IAP_KEYS)
        _needed(str(url) if url else None, info, "oidc", "where the issuer's public keys are")
        if url and url.scheme != "https" and url.host not in _LOOPBACK:
            raise ValueError("Keys come by https, lest somebody on the way gives us theirs.")
        return url

    @model_validator(mode="after")
    def _no_open_door_in_the_cloud(self) -> AuthSettings:
        if self.auth_mode == "none" and os.environ.get("K_SERVICE"):
            raise ValueError(
                "AUTH_MODE=none lets anybody in; it is refused where K_SERVICE is set "
                "(Cloud Run, Knative)."
            )
        return self


def _needed(value: str | None, info: ValidationInfo, mode: str, what: str) -> str | None:
    if info.data.get("auth_mode") == mode and not value:
        raise ValueError(f"AUTH_MODE={mode} needs it: {what}.")
    return value
