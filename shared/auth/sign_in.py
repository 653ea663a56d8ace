"""From a request's headers to its caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from shared.auth.caller import MAX_NAME_LENGTH, Caller, is_name
from shared.auth.keys import Keys, Source
from shared.auth.settings import AuthSettings
from shared.auth.tokens import Tokens
from shared.errors import BadRequest, Forbidden, Unauthorized


class Headers(Protocol):
    """A request's, whatever the case of their names."""

    def get(self, name: str, default: str, /) -> str:
        """Return one, or the default."""


SignIn = Callable[[Headers], Caller]
"""Raises Unauthorized or Forbidden."""

USER_HEADER = "x-sluice-user"
DEFAULT_USER = "local"
_IAP_HEADER = "x-goog-iap-jwt-assertion"


def sign_in(settings: AuthSettings) -> SignIn:
    """Return how the settings want callers to say who they are."""
    if settings.auth_mode == "none":
        return _by_their_word
    tokens = _tokens(settings)
    if settings.auth_mode == "iap":
        user = settings.auth_user_claim or "email"
        return lambda headers: _of(tokens.claims(_from_proxy(headers)), settings, user)
    user = settings.auth_user_claim or "sub"
    return lambda headers: _of_verified(tokens.claims(bearer(headers)), settings, user)


def bearer(headers: Headers) -> str:
    """Return the token in `Authorization`; raises Unauthorized without one."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("Sign in: send your token as `Authorization: Bearer …`.")
    return token.strip()


def _by_their_word(headers: Headers) -> Caller:
    user = headers.get(USER_HEADER, DEFAULT_USER).strip()
    if not is_name(user):
        raise BadRequest(
            f"The header {USER_HEADER} must hold a name of 1 to {MAX_NAME_LENGTH} printable "
            "characters."
        )
    return Caller(user=user, owner=user)


def _from_proxy(headers: Headers) -> str:
    token = headers.get(_IAP_HEADER, "")
    if not token:
        raise Unauthorized("This is reached through Identity-Aware Proxy only.")
    return token


def _of_verified(claims: Mapping[str, Any], settings: AuthSettings, user_claim: str) -> Caller:
    # Some issuers let people enter any address; only a verified one says who they are.
    if user_claim == "email" and claims.get("email_verified") not in (True, "true"):
        raise Forbidden("The issuer has not verified your email address: verify it there.")
    return _of(claims, settings, user_claim)


def _of(claims: Mapping[str, Any], settings: AuthSettings, user_claim: str) -> Caller:
    user = _name(claims, user_claim)
    owner_claim = settings.auth_owner_claim
    return Caller(user=user, owner=_name(claims, owner_claim) if owner_claim else user)


def _name(claims: Mapping[str, Any], claim: str) -> str:
    name = claims.get(claim)
    if not isinstance(name, str) or not is_name(name):
        raise Forbidden(
            f"Your sign-in has no claim {claim!r} that names you, which this service goes by."
        )
    return name


def _tokens(settings: AuthSettings) -> Tokens:
    # The settings see to it that all of these are there.
    assert settings.auth_issuer and settings.auth_audience and settings.auth_jwks_url  # noqa: S101, PT018
    return Tokens(
        keys=Keys(Source(str(settings.auth_jwks_url))),
        issuers=[settings.auth_issuer],
        audience=settings.auth_audience,
        algorithms=["ES256"] if settings.auth_mode == "iap" else settings.auth_algorithms,
    )
