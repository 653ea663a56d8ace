"""Passwords for the roles that functions connect as."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql

ROLES = {function: f"sluice_{function}" for function in ("upload", "status", "worker")}
"""By function; migration 0010 makes them and says what each may do."""

# Roles belong to the whole server: two that change one at the same time would fail.
_LOCK = "select pg_advisory_xact_lock(7305120)"


def let_in(database_url: str, passwords: Mapping[str, str]) -> None:
    """Let functions log in, each as its role with its password; the database must be migrated.

    The server gets the passwords as hashes alone, so that no log of its statements has them.
    """
    with psycopg.connect(database_url, prepare_threshold=None) as conn:
        conn.execute(_LOCK)
        for function, password in passwords.items():
            role = ROLES[function]
            digest = conn.pgconn.encrypt_password(
                password.encode(), role.encode(), b"scram-sha-256"
            ).decode()
            conn.execute(
                sql.SQL("alter role {} login password {}").format(
                    sql.Identifier(role), sql.Literal(digest)
                )
            )
