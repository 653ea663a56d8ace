"""An issuer of tokens: keys of its own, served over HTTP, as real ones do."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

AUDIENCE = "sluice"
NAME = "https://login.example.org"


class Issuer:
    """`token(sub="ann")` is right in every respect but those that are passed otherwise."""

    def __init__(self) -> None:
        self.keys: dict[str, Any] = {
            "rsa-1": rsa.generate_private_key(65537, 2048),
            "ec-1": ec.generate_private_key(ec.SECP256R1()),
        }
        self.extra_keys: list[Any] = []
        self.asked = 0
        self.down = False
        self.url = ""

    def token(
        self,
        *,
        key: str = "rsa-1",
        kid: str | None = None,
        algorithm: str | None = None,
        without: str | None = None,
        **claims: object,
    ) -> str:
        now = int(time.time())
        payload = {"iss": NAME, "aud": AUDIENCE, "iat": now, "exp": now + 600, "sub": "ann"}
        payload |= claims
        payload.pop(without, None)
        return jwt.encode(
            payload,
            self.keys[key],
            algorithm=algorithm or ("ES256" if key.startswith("ec") else "RS256"),
            headers={"kid": kid or key},
        )

    def bearer(self, **claims: object) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(**claims)}"}

    def documents(self) -> dict[str, Any]:
        described = []
        for kid, key in self.keys.items():
            kind = ECAlgorithm if kid.startswith("ec") else RSAAlgorithm
            described.append({**kind.to_jwk(key.public_key(), as_dict=True), "kid": kid})
        return {"keys": [*described, *self.extra_keys]}

    def env(self, mode: str = "oidc", **more: str) -> dict[str, str]:
        return {
            "AUTH_MODE": mode,
            "AUTH_ISSUER": NAME,
            "AUTH_AUDIENCE": AUDIENCE,
            "AUTH_JWKS_URL": self.url,
            **more,
        }


@contextmanager
def serving() -> Iterator[Issuer]:
    """Serve an issuer's keys until the block ends."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            body = json.dumps(issuer.documents()).encode()
            self.send_response(503 if issuer.down else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer.url = f"http://127.0.0.1:{server.server_port}/keys"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            thread.join()


def unsigned(**claims: object) -> str:
    """A token of algorithm none."""
    parts = ({"alg": "none", "typ": "JWT", "kid": "rsa-1"}, claims)
    return (
        ".".join(
            base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
            for part in parts
        )
        + "."
    )
