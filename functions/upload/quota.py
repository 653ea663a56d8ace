"""What one owner may have at a time, so that nobody takes the place of all others."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import class_row

from functions.upload.settings import UploadSettings
from shared.errors import TooMany

_MINUTE = 60
_HOUR = 3600

# An owner's requests count one after the other, so that none of them slips past another. A lock of
# the transaction, so that a connection pooler may sit between.
_LOCK = "select pg_advisory_xact_lock(hashtextextended(%s, 7305121))"

# Waiting jobs are counted by index, queue by queue, and no further than there is need.
_USAGE = """
select (select count(*)
          from queue.policy,
               lateral (select from queue.job
                         where job.queue = policy.queue and tenant = %(owner)s
                           and fence is null and tag is not null
                         limit %(most)s) waiting) as waiting,
       (select coalesce(sum(file_size), 0)::bigint
          from (select file_size from records.sheet where owner = %(owner)s
                union all
                select file_size from records.upload where owner = %(owner)s
                union all
                select file_size from records.screening where owner = %(owner)s
                union all
                select texts_size from records.extraction
                 where owner = %(owner)s) stored) as stored,
       (select count(*)
          from (select created_at from records.sheet where owner = %(owner)s
                union all
                select created_at from records.upload where owner = %(owner)s
                union all
                select created_at from records.screening where owner = %(owner)s
                union all
                select created_at from records.extraction where owner = %(owner)s) started
         where created_at > now() - interval '1 minute') as started
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """Jobs that wait; bytes of files, promised ones included; uploads of the last minute."""

    waiting: int
    stored: int
    started: int


def keep_within(
    conn: Connection, settings: UploadSettings, owner: str, *, size: int | None = None
) -> None:
    """Raise TooMany where another job or, with a `size` in bytes, another file is over the quota.

    Call it in the transaction that adds it. Edits have no size: the versions of a record are
    limited by their number.
    """
    conn.execute(_LOCK, [owner])
    check(conn, settings, owner, size=size)


def check(
    conn: Connection, settings: UploadSettings, owner: str, *, size: int | None = None
) -> None:
    """Raise TooMany where it is clear before the work that it would be in vain."""
    usage = _usage(conn, owner, settings.quota_waiting_jobs)
    if 0 < settings.quota_waiting_jobs <= usage.waiting:
        raise TooMany(
            f"You have {usage.waiting} jobs waiting, the limit: wait until some are done.",
            retry_after=_MINUTE // 2,
        )
    if size is None:
        return
    if 0 < settings.quota_uploads_per_minute <= usage.started:
        raise TooMany(
            f"You have sent {usage.started} files within a minute, the limit: wait a moment.",
            retry_after=_MINUTE,
        )
    if 0 < settings.quota_stored_bytes < usage.stored + size:
        raise TooMany(
            f"Your files would take more than {settings.quota_stored_bytes / (1 << 30):.1f} GiB, "
            "the limit: delete some that you no longer need.",
            retry_after=_HOUR,
        )


def _usage(conn: Connection, owner: str, most: int) -> Usage:
    with conn.cursor(row_factory=class_row(Usage)) as cursor:
        found = cursor.execute(_USAGE, {"owner": owner, "most": most}).fetchone()
    assert found is not None  # noqa: S101 - a select without a from has one row
    return found
