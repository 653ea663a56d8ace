"""What a job's process sees, and what is left of it."""

import json
from pathlib import Path

from tests.worker.jobs import ledger, put_look, put_sheep, put_trouble


def look(worker, conn) -> dict[str, object]:
    put_look(conn)
    worker.drain()
    ((_, seen),) = ledger(conn)
    found: dict[str, object] = json.loads(seen)
    return found


def test_a_job_is_not_told_where_the_database_is(worker, conn):
    variables = look(worker, conn)["variables"]

    assert "DATABASE_URL" not in variables
    assert "STORAGE_EMULATOR_HOST" in variables


def test_a_job_has_a_temporary_folder_which_is_gone_afterwards(worker, conn, signs):
    folder = Path(look(worker, conn)["folder"])
    assert folder.parent == worker.scratch

    for how in ("crash", "leave"):
        put_trouble(conn, signs, how, max_attempts=1)
    put_sheep(conn, signs)
    worker.drain()
    assert worker.job_folders() == []
