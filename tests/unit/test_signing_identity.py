"""What a service account without a key shows to IAM, so that IAM signs for it."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

EMAIL = "status@example.iam.gserviceaccount.com"
SIGN = """
import json
from google.auth.compute_engine import Credentials
from google.cloud.storage import Client
from shared.storage import _signer

client = Client(project="p", credentials=Credentials())
print(json.dumps(_signer(client._credentials)))
"""


class _MetadataServer(BaseHTTPRequestHandler):
    """Answers as Cloud Run's does; its tokens are the scopes that they are for."""

    def do_GET(self):
        asked = urlsplit(self.path)
        answer = {"email": EMAIL, "scopes": [], "aliases": ["default"]}
        if asked.path.endswith("/token"):
            scopes = parse_qs(asked.query)["scopes"][0]
            answer = {"access_token": scopes, "expires_in": 3600, "token_type": "Bearer"}
        plain = asked.path.endswith("/universe-domain")
        body = b"googleapis.com" if plain else json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Metadata-Flavor", "Google")
        self.send_header("Content-Type", "application/text" if plain else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def metadata_host():
    with HTTPServer(("127.0.0.1", 0), _MetadataServer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_iam_gets_a_token_that_is_for_iam(metadata_host):
    """The storage client's own tokens are for storage alone."""
    done = subprocess.run(
        [sys.executable, "-c", SIGN],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "GCE_METADATA_HOST": metadata_host, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == {
        "service_account_email": EMAIL,
        "access_token": "https://www.googleapis.com/auth/iam",
    }
