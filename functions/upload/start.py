"""Record the file and queue the work on it, in one transaction."""

from __future__ import annotations

import logging
from uuid import UUID

from functions.upload.idempotency import (
    AnsweredBefore,
    Idempotency,
    answered_before,
    first_answer,
    keep_answer,
)
from functions.upload.models import Accepted, accepted
from functions.upload.promise import use_up
from functions.upload.quota import keep_within
from functions.upload.reread import too_much
from functions.upload.settings import UploadSettings
from shared.clean.options import ParseOptions
from shared.db import transaction
from shared.errors import PayloadTooLarge, TooMany
from shared.jobs.enqueue_parse import enqueue_parse
from shared.nudge.nudge import nudge
from shared.records import sheets
from shared.records.sheets import StoredFile
from shared.storage import Store

_LOG = logging.getLogger("sluice.upload")


def start(
    settings: UploadSettings,
    store: Store,
    owner: str,
    record_id: UUID,
    file: StoredFile,
    *,
    options: ParseOptions,
    idempotency: Idempotency | None,
    upload_id: UUID | None = None,
) -> Accepted:
    """Create the record and its parse job; both exist, or neither and the object is swept.

    With an `upload_id`, the upload is used up. A repeated key gives the first answer again; raises
    Unprocessable when the key came with something else, Conflict when the upload is used already,
    TooMany over the owner's quota.
    """
    try:
        with transaction(settings.database) as conn:
            # A promised upload was within the quota when it was promised.
            keep_within(conn, settings, owner, size=None if upload_id else file.size)
            sheet = sheets.create(conn, record_id, owner, file)
            job_id = enqueue_parse(conn, sheet, options, again=False)
            keep_answer(conn, owner, idempotency, record_id, job_id)
            if upload_id:
                use_up(conn, upload_id)
    except PayloadTooLarge as error:
        _sweep(settings, store, owner, record_id, file)
        raise too_much() from error
    except AnsweredBefore:
        store.delete(file.key)
        first = first_answer(settings, owner, idempotency)
        return accepted(first.record_id, first.job_id)
    except TooMany:
        _sweep(settings, store, owner, record_id, file)
        if given := answered_before(settings, owner, idempotency):
            return accepted(given.record_id, given.job_id)
        raise
    except BaseException:
        _sweep(settings, store, owner, record_id, file)
        raise
    nudge(settings)
    return accepted(record_id, job_id)


def _sweep(
    settings: UploadSettings, store: Store, owner: str, record_id: UUID, file: StoredFile
) -> None:
    """Delete the object, unless the commit went through although its answer was lost."""
    try:
        with transaction(settings.database) as conn:
            if sheets.find(conn, record_id, owner) is None:
                store.delete(file.key)
    except Exception:  # noqa: BLE001 - the fault that led here is the one to report
        # Better an orphan, which a later sweep finds, than a record without its file.
        _LOG.warning("The object %s may be an orphan", file.key, exc_info=True)
