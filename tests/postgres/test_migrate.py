import threading

import psycopg
import pytest

from local.postgres import Postgres
from shared.migrate import MigrationChanged, migrate


def test_several_that_start_at_once_apply_each_migration_once(postgres_18: Postgres):
    url = postgres_18.ensure_database("raced")
    start = threading.Barrier(4)
    applied: list[str] = []

    def race() -> None:
        start.wait()
        applied.extend(migrate(url))

    threads = [threading.Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert applied == sorted(set(applied))
    assert applied[0] == "0001_queue.sql"
    assert migrate(url) == []


def test_a_file_that_was_edited_after_it_was_applied_is_refused(database_url):
    with psycopg.connect(database_url) as conn:
        conn.execute("update public.sluice_migration set sha256 = 'other'")

    with pytest.raises(MigrationChanged, match="Add a new file"):
        migrate(database_url)


def test_no_business_table_tells_status_progress_or_error(conn):
    columns = conn.execute(
        """
        select table_schema || '.' || table_name || '.' || column_name
          from information_schema.columns
         where table_schema not in ('queue', 'pg_catalog', 'information_schema')
        """
    ).fetchall()
    words = ("status", "state", "progress", "error", "attempt", "phase", "fail")

    assert ("records.sheet.total_rows",) in columns
    assert [name for (name,) in columns if any(word in name.split(".")[2] for word in words)] == []
