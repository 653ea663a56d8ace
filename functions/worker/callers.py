"""Who may make the worker work."""

from __future__ import annotations

from functions.worker.settings import WorkerSettings
from shared.auth.caller import Caller
from shared.auth.keys import Keys, Source
from shared.auth.sign_in import Headers, SignIn, bearer
from shared.auth.tokens import Tokens
from shared.errors import Forbidden

_ALGORITHMS = ("RS256", "ES256")
_ANYBODY = Caller(user="", owner="")


def callers(settings: WorkerSettings) -> SignIn:
    """Return how the worker tells its callers; the platform has let them through already.

    Cloud Run takes the signature out of the tokens that it has checked, so there is nothing left to
    check here. Elsewhere WORKER_CALLERS names whose tokens are believed, and nobody else gets in.
    """
    if not settings.worker_callers:
        return lambda _headers: _ANYBODY
    return _Named(settings)


class _Named:
    def __init__(self, settings: WorkerSettings) -> None:
        self._allowed = settings.worker_callers
        self._claim = settings.worker_caller_claim
        issuer = settings.worker_caller_issuer
        self._tokens = Tokens(
            keys=Keys(
                Source(
                    str(settings.worker_caller_jwks_url),
                    token_file=settings.worker_caller_jwks_token_file,
                    ca_file=settings.worker_caller_jwks_ca_file,
                )
            ),
            # Google's tokens have either.
            issuers=[issuer, issuer.removeprefix("https://")],
            audience=settings.worker_audience or "",
            algorithms=_ALGORITHMS,
        )

    def __call__(self, headers: Headers) -> Caller:
        claims = self._tokens.claims(bearer(headers))
        name = claims.get(self._claim)
        verified = self._claim != "email" or claims.get("email_verified") in (True, "true")
        if name not in self._allowed or not verified:
            raise Forbidden("The worker works for its scheduler alone.")
        return Caller(user=str(name), owner="")
