"""The bucket: immutable objects, written once under a name of their own."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import IO, TYPE_CHECKING, Any, cast

from shared.errors import ObjectExists, ObjectMissing
from shared.object_writer import PART_BYTES, ObjectWriter

if TYPE_CHECKING:
    from google.cloud.storage import Bucket

CHUNK_BYTES = 1 << 20
"""Read at a time of an open object."""
PATIENCE_OF_A_JOB = 120.0
"""Seconds. A job's attempts are few, and nobody waits for an answer at the other end of a line."""
_PATIENCE_OF_A_CALLER = 10.0
_CONNECT_SECONDS = 5.0
_SILENT_SECONDS = 60.0
"""In which a bucket may say nothing: it copies a large object in one request."""
_CLIENTS = frozenset({"google", "requests", "urllib3"})
_IAM_SCOPE = "https://www.googleapis.com/auth/iam"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object as the bucket lists it."""

    key: str
    created_at: datetime
    """By the bucket's clock."""


class Store:
    """One bucket. Every write is create-only (`if_generation_match=0`): ObjectExists otherwise."""

    def __init__(self, bucket: Bucket, *, patience: float = _PATIENCE_OF_A_CALLER) -> None:
        self._bucket = bucket
        self._asking = _patience(patience)

    def create(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        """Write a small object in one request; the same bytes may be there already."""
        try:
            with _as_own_errors(key):
                self._bucket.blob(key).upload_from_string(
                    data, content_type=content_type, if_generation_match=0, **self._asking
                )
        except ObjectExists:
            # A request of which the answer was lost is sent again, and finds what it has written.
            if not self._holds(key, data):
                raise

    def _holds(self, key: str, data: bytes) -> bool:
        from google_crc32c import value  # noqa: PLC0415

        blob = self._bucket.get_blob(key, **self._asking)
        checksum = base64.b64encode(value(data).to_bytes(4, "big")).decode()
        return blob is not None and (blob.size, blob.crc32c) == (len(data), checksum)

    @contextmanager
    def writer(
        self, key: str, content_type: str = "application/octet-stream"
    ) -> Iterator[IO[bytes]]:
        """Stream an object; it appears when the block ends well and not at all when it raises."""
        upload = partial(
            self._bucket.blob(key).open,
            "wb",
            chunk_size=PART_BYTES,
            content_type=content_type,
            if_generation_match=0,
            **self._asking,
        )
        create = partial(self.create, key, content_type=content_type)
        with _as_own_errors(key):
            stream = ObjectWriter(create, upload)
            try:
                yield cast("IO[bytes]", stream)
            except BaseException:
                stream.terminate()
                raise
            stream.close()

    def read(self, key: str) -> bytes:
        """Return the whole of a small object; ObjectMissing when it is not there."""
        with _as_own_errors(key):
            data: bytes = self._bucket.blob(key).download_as_bytes(**self._asking)
            return data

    def open(self, key: str) -> IO[bytes]:
        """Open for ranged reads: seekable, fetches CHUNK_BYTES at a time."""
        blob = self._bucket.get_blob(key, **self._asking)
        if blob is None:
            raise ObjectMissing(f"The object {key!r} is not in the bucket.")
        stream: IO[bytes] = blob.open("rb", chunk_size=CHUNK_BYTES, **self._asking)
        return stream

    def read_small(self, key: str) -> bytes | None:
        """Return an object in one request if it has less than CHUNK_BYTES, None if it has more.

        Raises ObjectMissing.
        """
        with _as_own_errors(key):
            data: bytes = self._bucket.blob(key).download_as_bytes(
                end=CHUNK_BYTES - 1, **self._asking
            )
        return data if len(data) < CHUNK_BYTES else None

    def download(self, key: str, to: IO[bytes]) -> None:
        """Copy a whole object into an open file."""
        with _as_own_errors(key):
            self._bucket.blob(key).download_to_file(to, **self._asking)

    def copy(self, source: str, target: str) -> None:
        """Copy inside the bucket; the bytes do not pass through here. Raises ObjectMissing."""
        with _as_own_errors(source):
            blob, rewritten = self._bucket.blob(target), self._bucket.blob(source)
            token = None
            while True:
                token, _, _ = blob.rewrite(
                    rewritten, token=token, if_generation_match=0, **self._asking
                )
                if token is None:
                    return

    def size(self, key: str) -> int | None:
        """Bytes of the object, None when it is not there."""
        blob = self._bucket.get_blob(key, **self._asking)
        return None if blob is None else blob.size

    def keys(self, prefix: str) -> list[str]:
        """Names of all objects under a prefix."""
        return [blob.name for blob in self._bucket.list_blobs(prefix=prefix, **self._asking)]

    def walk(self, prefix: str, *, after: str = "") -> Iterator[StoredObject]:
        """List the objects under a prefix in the order of their names, from behind `after` on.

        A page at a time is asked for, so that a large bucket costs no memory.
        """
        listed = self._bucket.list_blobs(
            prefix=prefix,
            start_offset=after or None,
            fields="items(name,timeCreated),nextPageToken",
            **self._asking,
        )
        for blob in listed:
            if blob.name > after:
                yield StoredObject(blob.name, blob.time_created)

    def delete(self, *keys: str) -> None:
        """Delete objects; one that is already gone is no error."""
        for key in keys:
            with _missing_is_fine():
                self._bucket.blob(key).delete(**self._asking)

    def delete_under(self, prefix: str, *, keep: Collection[str], seconds: float) -> bool:
        """Delete the objects under a prefix, all but `keep`; False when the time is up before.

        Requests are repeated within that time, not for minutes as they are elsewhere.
        """
        if seconds <= 0:
            return False
        until = time.monotonic() + seconds
        for blob in self._bucket.list_blobs(prefix=prefix, **_patience(seconds, silent=seconds)):
            if (left := until - time.monotonic()) <= 0:
                return False
            if blob.name not in keep:
                with _missing_is_fine():
                    blob.delete(**_patience(left, silent=left))
        return True

    def resumable_session(
        self, key: str, *, size: int, content_type: str, origin: str | None
    ) -> str:
        """Start a resumable upload; return the address that the client PUTs chunks to.

        `origin` must be the browser's own, or the last chunk fails its CORS check.
        """
        url: str = self._bucket.blob(key).create_resumable_upload_session(
            content_type=content_type,
            size=size,
            origin=origin,
            if_generation_match=0,
            **self._asking,
        )
        return url

    def signed_url(self, key: str, *, until: datetime, disposition: str) -> str | None:
        """Return an address where anybody can GET the object until then; None of an emulator's.

        Without a key of its own, the service account asks IAM to sign, and must be allowed to do
        so for itself (iam.serviceAccounts.signBlob).
        """
        credentials = self._bucket.client._credentials  # noqa: SLF001 - there is no other way
        signer = _signer(credentials)
        if signer is None:
            return None
        url: str = self._bucket.blob(key).generate_signed_url(
            version="v4",
            expiration=until - datetime.now(UTC),
            response_disposition=disposition,
            **signer,
        )
        return url


def _signer(credentials: Any) -> dict[str, object] | None:  # noqa: ANN401 - Google's
    """Return what Google's client needs to sign with these credentials, None when it cannot."""
    from google.auth.credentials import AnonymousCredentials, Signing  # noqa: PLC0415
    from google.auth.transport.requests import Request  # noqa: PLC0415

    if isinstance(credentials, AnonymousCredentials):
        return None
    if isinstance(credentials, Signing):
        return {"credentials": credentials}
    # The client's own tokens are for storage alone, and IAM takes none of those.
    wider = credentials.with_scopes([_IAM_SCOPE])
    wider.refresh(Request())
    return {"service_account_email": wider.service_account_email, "access_token": wider.token}


@lru_cache(maxsize=1)
def open_store(bucket_name: str, *, patience: float = _PATIENCE_OF_A_CALLER) -> Store:
    """Connect to the bucket, with anonymous credentials when it is an emulator.

    A request that fails is repeated for `patience` seconds, then the client's own error comes.
    Call it after the server has forked: a client must not cross a fork.
    """
    from google.auth.credentials import AnonymousCredentials  # noqa: PLC0415 - 0.25 s
    from google.cloud.storage import Client  # noqa: PLC0415

    if os.environ.get("STORAGE_EMULATOR_HOST"):
        client = Client(project="local", credentials=AnonymousCredentials())  # type: ignore[no-untyped-call]
    else:
        client = Client()
    return Store(client.bucket(bucket_name), patience=patience)


def _patience(seconds: float, *, silent: float = _SILENT_SECONDS) -> dict[str, Any]:
    from google.cloud.storage.retry import DEFAULT_RETRY  # noqa: PLC0415

    connect = min(seconds, _CONNECT_SECONDS)
    return {"timeout": (connect, silent), "retry": DEFAULT_RETRY.with_timeout(seconds)}


def is_of_the_bucket(error: BaseException) -> bool:
    """Say whether an error is the bucket's client's own, after all its patience."""
    # By name: to import Google's client takes longer than to start without it.
    return type(error).__module__.partition(".")[0] in _CLIENTS


@contextmanager
def _as_own_errors(key: str) -> Iterator[None]:
    from google.api_core.exceptions import NotFound, PreconditionFailed  # noqa: PLC0415

    try:
        yield
    except PreconditionFailed as error:
        raise ObjectExists(f"The object {key!r} exists already.") from error
    except NotFound as error:
        raise ObjectMissing(f"The object {key!r} is not in the bucket.") from error


@contextmanager
def _missing_is_fine() -> Iterator[None]:
    from google.api_core.exceptions import NotFound  # noqa: PLC0415

    try:
        yield
    except NotFound:
        return
