"""Uploads that go straight to the bucket: promised, then checked when a task starts from one."""

from __future__ import annotations

import hashlib
from typing import IO
from uuid import UUID, uuid4

from psycopg import Connection

from functions.upload.models import Promised, PromiseUpload
from functions.upload.quota import keep_within
from functions.upload.settings import UploadSettings
from functions.upload.sniff import Sniffer
from shared.db import transaction
from shared.errors import Conflict, NotFound, TooLarge, Unprocessable
from shared.records import uploads
from shared.records.sheets import StoredFile
from shared.records.uploads import Upload
from shared.storage import CHUNK_BYTES, Store

_CHUNK_TO_SEND = 8 << 20


def promise(
    settings: UploadSettings, store: Store, owner: str, wanted: PromiseUpload, origin: str | None
) -> Promised:
    """Open a resumable session in the bucket for the caller's browser or program."""
    limit = settings.max_upload_bytes
    if wanted.size > limit:
        raise TooLarge(
            f"The file is larger than {limit / (1 << 30):.0f} GiB, the limit: split it.",
            limitBytes=limit,
        )
    upload_id = uuid4()
    key = f"uploads/{upload_id}"
    with transaction(settings.database) as conn:
        keep_within(conn, settings, owner, size=wanted.size)
        upload = uploads.create(
            conn,
            upload_id,
            owner,
            name=wanted.file_name,
            size=wanted.size,
            sha256=wanted.sha256,
            key=key,
        )
    # After the commit: no lock is held while the bucket is asked.
    url = store.resumable_session(
        key, size=wanted.size, content_type=wanted.content_type, origin=origin
    )
    return Promised(
        upload_id=upload_id,
        upload_url=url,
        chunk_size=_CHUNK_TO_SEND,
        expires_at=upload.expires_at,
    )


def fulfilled(settings: UploadSettings, store: Store, owner: str, upload_id: UUID) -> Upload:
    """Return the upload whose object is complete and what was promised.

    Raises NotFound, Conflict while bytes are missing, Unprocessable or UnsupportedType.
    """
    with transaction(settings.database) as conn:
        upload = uploads.find(conn, upload_id, owner)
    if upload is None:
        raise NotFound("There is no such upload, or a task was started from it already.")
    size = store.size(upload.object_key)
    if size is None:
        raise Conflict("The upload is not complete yet: send the rest, then start the task.")
    if size != upload.file_size:
        raise Unprocessable(
            f"The upload has {size} bytes and {upload.file_size} were promised: upload it again."
        )
    with store.open(upload.object_key) as stream:
        _check_content(stream, upload)
    return upload


def move_to_record(store: Store, upload: Upload, key: str) -> StoredFile:
    """Copy the object, inside the bucket, to where the record keeps its original."""
    store.copy(upload.object_key, key)
    return StoredFile(
        key=key, name=upload.file_name, size=upload.file_size, sha256=upload.file_sha256
    )


def use_up(conn: Connection, upload_id: UUID) -> None:
    """Let no other task be started from the upload; raises Conflict when one was."""
    if not uploads.use(conn, upload_id):
        raise Conflict("A task was started from this upload already.")


def _check_content(stream: IO[bytes], upload: Upload) -> None:
    sniffer = Sniffer()
    if upload.file_sha256 is None:
        sniffer.read(stream, upload.file_size)
    else:
        digest = hashlib.sha256()
        while chunk := stream.read(CHUNK_BYTES):
            sniffer.feed(chunk)
            digest.update(chunk)
        if digest.hexdigest() != upload.file_sha256:
            raise Unprocessable("The upload's SHA-256 is not the promised one: upload it again.")
    sniffer.check()
