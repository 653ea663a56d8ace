"""What a function on Cloud Run sees of Google: the metadata server and Cloud Scheduler's API."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from tests.nudge.server import Handler, Server
from tests.worker.signs import wait_until

JOB = "projects/p/locations/europe-west1/jobs/sluice-tick"


@dataclass(frozen=True)
class Run:
    """A call of jobs.run."""

    path: str
    authorization: str
    body: bytes
    client: tuple[str, int]
    """Where the connection came from: the same for two calls over one."""


class Google(Server):
    """Gives the tokens `token-1`, `token-2`, … and answers `jobs.run` with `status`."""

    def __init__(self) -> None:
        super().__init__(_Google)
        self.status = 200
        self.lifetime_seconds = 3600
        self.tokens = 0
        self.runs: list[Run] = []

    @property
    def env(self) -> dict[str, str]:
        """Settings that lead a function here, as on Cloud Run but for the addresses."""
        return {
            "NUDGE": "scheduler",
            "NUDGE_SCHEDULER_JOB": JOB,
            "NUDGE_SCHEDULER_API": self.url,
            "GCE_METADATA_HOST": self.address,
            "GCE_METADATA_IP": self.address,
        }

    def wait_for_runs(self, count: int) -> None:
        """Wait until `jobs.run` was called so often."""
        wait_until(lambda: len(self.runs) == count)


class _Google(Handler):
    def do_GET(self) -> None:  # noqa: N802
        google, path = self.server.owner, self.path.partition("?")[0]
        known = {"/": {}, "/computeMetadata/v1/project/project-id": "p"}
        if path.endswith("/token"):
            google.tokens += 1
            found = {
                "access_token": f"token-{google.tokens}",
                "expires_in": google.lifetime_seconds,
                "token_type": "Bearer",
            }
        elif re.fullmatch(r"/computeMetadata/v1/instance/service-accounts/[^/]+/", path):
            found = {"email": "upload@p.iam.gserviceaccount.com", "scopes": []}
        elif path in known:
            found = known[path]
        else:
            self.answer(404)
            return
        self.answer(200, json.dumps(found).encode(), Metadata_Flavor="Google")

    def do_POST(self) -> None:  # noqa: N802
        google, body = self.server.owner, self.body()
        google.runs.append(
            Run(self.path, self.headers.get("Authorization", ""), body, self.client_address)
        )
        self.answer(google.status, b'{"error": {"message": "as the test has it"}}')
