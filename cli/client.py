"""Talk to Sluice's API."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast
from urllib.parse import urlsplit

import httpx

from cli.answers import Accepted, Findings, Preview, Promised, Status
from cli.errors import CommandFailed, NotReached, NotYet, Refused

_USER_HEADER = "x-sluice-user"
_TOKEN = "SLUICE_TOKEN"  # noqa: S105 - the name of the variable
_TIMEOUT = httpx.Timeout(60, connect=5)
_TASKS = "/api/v1/sheets/tasks"

Reading = dict[str, Any] | None
"""How a file is to be read, as the API has it."""

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Client:
    """One server, one user: whoever SLUICE_TOKEN says, else `user`.

    Every method raises Refused (4xx) or NotReached (none, or 5xx).
    """

    def __init__(self, url: str, *, user: str) -> None:
        self._url = url
        self._http = httpx.Client(
            base_url=url,
            headers=_caller(url, user),
            timeout=_TIMEOUT,
            trust_env=urlsplit(url).hostname not in _LOOPBACK,  # no proxy leads to ourselves
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def data(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - JSON
        """Return the data of an answer; `options` are httpx's."""
        with self._answer(method, path, **options) as answer:
            answer.read()
            return answer.json()["data"]

    def start_with_file(
        self, name: str, content: IO[bytes], media_type: str, *, reading: Reading = None
    ) -> Accepted:
        """Start a task with a file in the request itself (see the server's limit); streams it."""
        files = {"file": (name, content, media_type)}
        fields = {"options": json.dumps(reading)} if reading else {}
        return cast("Accepted", self.data("POST", _TASKS, files=files, data=fields))

    def start_with_upload(self, upload_id: str, *, reading: Reading = None) -> Accepted:
        """Start a task with a file that has been sent to the bucket."""
        # The server reads the object back to check it, which takes its time.
        body: dict[str, Any] = {"uploadId": upload_id}
        patience = httpx.Timeout(1800, connect=5)
        if reading:
            body["options"] = reading
        return cast("Accepted", self.data("POST", _TASKS, json=body, timeout=patience))

    def parse(self, record: str, reading: Reading) -> Accepted:
        """Have a record's file read again."""
        return cast("Accepted", self.data("POST", f"{_TASKS}/{record}/parse", json=reading or {}))

    def findings(self, record: str) -> Findings:
        """Return what is doubtful in a record."""
        return cast("Findings", self.data("GET", f"{_TASKS}/{record}/findings"))

    def annotated(self, record: str, *, to: Path) -> int:
        """Save a record with its findings as a workbook; return its bytes."""
        return self._save(f"{_TASKS}/{record}/findings/workbook", {}, to)

    def promise_upload(self, *, name: str, size: int, media_type: str, sha256: str) -> Promised:
        """Ask for an address to send a file of `size` bytes to."""
        body = {"fileName": name, "size": size, "contentType": media_type, "sha256": sha256}
        return cast("Promised", self.data("POST", "/api/v1/uploads", json=body))

    def status(self, record: str, *, job: int | None = None) -> Status:
        """Return how far a record is, or one of its jobs."""
        query = {} if job is None else {"jobId": job}
        return cast("Status", self.data("GET", f"{_TASKS}/{record}/status", params=query))

    def preview(self, record: str, **query: Any) -> Preview:  # noqa: ANN401 - the API's
        """Return a page; NotYet while a job has to make the data first."""
        return cast("Preview", self.data("GET", f"{_TASKS}/{record}/preview", params=query))

    def export(self, record: str, *, to: Path, **query: Any) -> int:  # noqa: ANN401 - the API's
        """Save a record as a file, which appears whole or not at all; return its bytes.

        NotYet when a job is to make the file.
        """
        return self._save(f"{_TASKS}/{record}/export", query, to)

    def save(self, path: str, query: dict[str, Any], *, to: Path) -> int:
        """Save what a path answers as a file, as `export` does."""
        return self._save(path, query, to)

    def exported(self, export_url: str, *, to: Path) -> int:
        """Save the file that a job has made, as `export` does."""
        found = self.data("GET", export_url)
        url = found["downloadUrl"]
        if url.startswith("/"):
            return self._save(url, {}, to)
        # It is in a bucket elsewhere, which is not to be told who we are.
        with httpx.Client(timeout=_TIMEOUT) as stranger:
            return self._save(url, {}, to, http=stranger)

    def _save(
        self, path: str, query: dict[str, Any], to: Path, *, http: httpx.Client | None = None
    ) -> int:
        unfinished = to.with_name(f"{to.name}.part")
        try:
            with (
                self._answer("GET", path, params=query, http=http) as it,
                unfinished.open("wb") as file,
            ):
                for chunk in it.iter_bytes():
                    file.write(chunk)
            unfinished.replace(to)
        finally:
            unfinished.unlink(missing_ok=True)
        return to.stat().st_size

    @contextmanager
    def _answer(
        self,
        method: str,
        path: str,
        *,
        http: httpx.Client | None = None,
        **options: Any,  # noqa: ANN401
    ) -> Iterator[httpx.Response]:
        try:
            with (http or self._http).stream(method, path, **options) as answer:
                if not answer.is_success:
                    answer.read()
                    raise _failure(answer)
                if method == "GET" and answer.status_code == httpx.codes.ACCEPTED:
                    answer.read()
                    raise NotYet(answer.json()["data"])
                yield answer
        except httpx.ConnectError as error:
            raise NotReached(
                f"Nothing answers at {self._url}. Start a server with `sluice up`, or name "
                "another one with --url."
            ) from error
        except httpx.TransportError as error:
            raise NotReached(f"The connection to {self._url} broke: {error}.") from error
        except httpx.InvalidURL as error:
            raise Refused(f"{self._url} is no address: {error}.") from error


def _caller(url: str, user: str) -> dict[str, str]:
    """Return the headers that say who asks; a token is not a user's to type, nor for any wire."""
    token = os.environ.get(_TOKEN, "").strip()
    if not token:
        return {_USER_HEADER: user}
    to = urlsplit(url)
    if to.scheme != "https" and to.hostname not in _LOOPBACK:
        raise Refused(f"{_TOKEN} is sent by https alone, and {url} is not: others could read it.")
    return {"Authorization": f"Bearer {token}"}


def _failure(answer: httpx.Response) -> CommandFailed:
    kind = NotReached if answer.is_server_error else Refused
    try:
        return kind(str(answer.json()["detail"]))
    except (ValueError, KeyError, TypeError):
        return kind(f"{answer.url} answers {answer.status_code} {answer.reason_phrase}.")
