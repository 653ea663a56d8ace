"""Bring a database up to date: plain SQL files, applied once each, in the order of their names."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import psycopg

from shared.errors import SluiceError

# Any number will do, as long as every Sluice uses the same.
_LOCK = 7_305_119

_LEDGER = """
create table if not exists public.sluice_migration (
    name       text primary key,
    sha256     text not null,
    applied_at timestamptz not null default now()
)
"""


class MigrationChanged(SluiceError):
    """A file that was applied reads differently now: write a new one instead."""


def migrate(database_url: str) -> list[str]:
    """Apply what is missing and return its names; safe when several start at once.

    All of it is one transaction: a failing file leaves the database as it was.
    Raises MigrationChanged when an applied file has been edited since.
    """
    with psycopg.connect(database_url, prepare_threshold=None) as conn:
        # Held until the commit; a transaction's lock, so that a connection pooler may sit between.
        conn.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        conn.execute(_LEDGER)
        rows = conn.execute("select name, sha256 from public.sluice_migration")
        applied: dict[str, str] = dict(rows.fetchall())
        return [name for name, sql in _migrations() if _apply(conn, name, sql, applied.get(name))]


def _migrations() -> list[tuple[str, str]]:
    folder = files("shared").joinpath("migrations")
    return sorted(
        (entry.name, entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    )


def _apply(conn: psycopg.Connection, name: str, sql: str, known: str | None) -> bool:
    digest = hashlib.sha256(sql.encode()).hexdigest()
    if known == digest:
        return False
    if known is not None:
        raise MigrationChanged(f"{name} was applied with other contents. Add a new file instead.")
    conn.execute(sql)
    conn.execute(
        "insert into public.sluice_migration (name, sha256) values (%s, %s)", [name, digest]
    )
    return True
