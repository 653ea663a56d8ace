"""A cluster's own keys: behind a certificate of its own, for those who work in it."""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from functions.worker.callers import callers
from functions.worker.settings import WorkerSettings
from shared.errors import Unavailable

ISSUER = "https://kubernetes.default.svc.cluster.local"
TICK = "system:serviceaccount:sluice:tick"
RIGHT = {"iss": ISSUER, "aud": "sluice-worker", "sub": TICK}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Of 127.0.0.1, signed by itself: the files of the certificate and of its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=True,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "ca.crt").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "ca.crt", folder / "key"


@pytest.fixture
def cluster(issuer, certificate):
    """Serves the issuer's keys by TLS, to whoever sends the token `mine`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers.get("Authorization") == "Bearer mine"
            body = json.dumps(issuer.documents() if known else {}).encode()
            self.send_response(200 if known else 403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"https://127.0.0.1:{server.server_port}/openid/v1/jwks"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def door(cluster, certificate, tmp_path, monkeypatch):
    """The worker's door, by the settings that are given besides the usual ones."""
    (tmp_path / "token").write_text("mine\n")
    usual = {
        "DATABASE_URL": "postgresql://host/db",
        "STORAGE_BUCKET": "bucket",
        "WORKER_CALLERS": f'["{TICK}"]',
        "WORKER_AUDIENCE": "sluice-worker",
        "WORKER_CALLER_CLAIM": "sub",
        "WORKER_CALLER_ISSUER": ISSUER,
        "WORKER_CALLER_JWKS_URL": cluster,
        "WORKER_CALLER_JWKS_TOKEN_FILE": str(tmp_path / "token"),
        "WORKER_CALLER_JWKS_CA_FILE": str(certificate[0]),
    }

    def make(*without: str):
        for name, value in usual.items():
            if name not in without:
                monkeypatch.setenv(name, value)
        return callers(WorkerSettings())

    return make


def test_its_own_token_and_authority_open_it(door, issuer):
    assert door()(issuer.bearer(**RIGHT)).user == TICK


@pytest.mark.parametrize("without", ["WORKER_CALLER_JWKS_TOKEN_FILE", "WORKER_CALLER_JWKS_CA_FILE"])
def test_without_either_nobody_is_known(door, issuer, without):
    with pytest.raises(Unavailable):
        door(without)(issuer.bearer(**RIGHT))


def test_a_renewed_token_is_read_from_its_file(door, issuer, tmp_path):
    opened = door()
    (tmp_path / "token").write_text("old")
    with pytest.raises(Unavailable):
        opened(issuer.bearer(**RIGHT))
    (tmp_path / "token").write_text("mine")
    assert door()(issuer.bearer(**RIGHT)).user == TICK
