"""What the functions' roles may do in the database, and to whose rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from shared.db import act_for, transaction
from shared.records import sheets, uploads
from shared.records.sheets import StoredFile
from shared.roles import ROLES, let_in
from tests.conftest import own_database

HTTP = ("upload", "status")
PASSWORDS = {function: f"password-of-{function}" for function in ROLES}


@pytest.fixture(params=["postgres_15", "postgres_18"])
def database_url(request):
    """Without a pooler: ours enters as one user for all."""
    yield from own_database(request.getfixturevalue(request.param))


@pytest.fixture
def address(database_url):
    let_in(database_url, PASSWORDS)
    place = database_url.rpartition("@")[2]
    return lambda function: f"postgresql://{ROLES[function]}:{PASSWORDS[function]}@{place}"


@pytest.fixture
def enter(address):
    @contextmanager
    def entered(function: str, owner: str = "") -> Iterator[psycopg.Connection]:
        with psycopg.connect(address(function)) as conn:
            if owner:
                conn.execute("select set_config('sluice.owner', %s, true)", [owner])
            yield conn

    return entered


@pytest.fixture
def anns(database_url):
    """A record of Ann's."""
    record_id = uuid.uuid4()
    file = StoredFile(key=f"sheets/{record_id}/original", name="a.xlsx", size=1, sha256=None)
    with psycopg.connect(database_url) as conn:
        sheets.create(conn, record_id, "ann", file)
        uploads.create(conn, record_id, "ann", name="a", size=1, sha256=None, key="uploads/x")
    return record_id


@pytest.mark.parametrize("function", ROLES)
@pytest.mark.parametrize(
    "statement",
    [
        "create table queue.mine ()",
        "create table records.mine ()",
        "create table public.mine ()",
        "create schema mine",
        "drop table queue.history_rest",
        "alter table records.sheet disable row level security",
        "create policy mine on records.sheet using (true)",
        "truncate queue.job",
        "create role mine",
        "select * from public.sluice_migration",
        "delete from queue.policy",
        "set role postgres",
        "select pg_read_file('/etc/passwd')",
        "copy (select 1) to program 'true'",
    ],
)
def test_no_function_can_change_the_schema_or_leave_its_place(enter, function, statement):
    with pytest.raises(InsufficientPrivilege), enter(function) as conn:
        conn.execute(statement)


@pytest.mark.parametrize(
    ("function", "statement"),
    [
        ("upload", "delete from queue.job"),
        ("upload", "update queue.lease set cancel_requested = true"),
        ("upload", "delete from records.sheet"),
        ("upload", "update queue.policy set paused = true"),
        ("status", "insert into queue.lease select * from queue.lease"),
        ("status", "update queue.lease set fence = 0"),
        ("status", "update records.sheet set file_key = 'x'"),
        ("status", "insert into records.sheet select * from records.sheet"),
        ("status", "select queue.keep_up(1)"),
        ("status", "select nextval('queue.fence')"),
    ],
)
def test_a_function_can_do_no_more_than_its_work_takes(enter, function, statement):
    with pytest.raises(InsufficientPrivilege), enter(function, "ann") as conn:
        conn.execute(statement)


@pytest.mark.parametrize("function", HTTP)
def test_rows_of_others_are_not_there(enter, function, anns):
    for owner, expected in [("ann", 1), ("bob", 0), ("", 0)]:
        with enter(function, owner) as conn:
            for table in ("sheet", "upload"):
                query = sql.SQL("select count(*) from records.{}").format(sql.Identifier(table))
                assert conn.execute(query).fetchone() == (expected,)


def test_nobody_can_write_what_is_somebody_elses(enter, anns):
    with enter("status", "bob") as conn:
        assert conn.execute("delete from records.sheet").rowcount == 0
    file = StoredFile(key="x", name="x", size=1, sha256=None)
    with pytest.raises(InsufficientPrivilege), enter("upload", "bob") as conn:
        sheets.create(conn, uuid.uuid4(), "ann", file)
    with pytest.raises(InsufficientPrivilege), enter("upload", "ann") as conn:
        conn.execute("update records.sheet set owner = 'bob'")


def test_the_worker_sees_everybodys(enter, anns):
    with enter("worker") as conn:
        assert conn.execute("select count(*) from records.sheet").fetchone() == (1,)


def test_the_owner_ends_with_the_transaction(address, anns):
    act_for("ann")
    with transaction(address("status")) as conn:
        assert sheets.find(conn, anns, "ann")
        pid = conn.info.backend_pid
    act_for("")
    with transaction(address("status")) as conn:
        assert conn.info.backend_pid == pid
        assert sheets.find(conn, anns, "ann") is None


@pytest.mark.parametrize("owner", ["o'brien", 'a"b', "back\\slash", "王小明", "; drop table x --"])
def test_any_name_can_be_an_owner(address, owner):
    act_for(owner)
    try:
        with transaction(address("status")) as conn:
            row = conn.execute("select current_setting('sluice.owner')").fetchone()
            assert row == (owner,)
    finally:
        act_for("")


def test_every_table_of_records_is_guarded(database_url):
    with psycopg.connect(database_url) as conn:
        rows = conn.execute(
            """
            select relname, relrowsecurity,
                   (select count(*) from pg_policy where polrelid = pg_class.oid)
              from pg_class
             where relnamespace = 'records'::regnamespace and relkind in ('r', 'p')
            """
        ).fetchall()
    assert rows
    assert [name for name, guarded, policies in rows if not guarded or policies < 2] == []


def test_functions_that_may_more_than_their_caller_look_up_names_in_fixed_places(database_url):
    with psycopg.connect(database_url) as conn:
        rows = conn.execute(
            "select proname, proconfig from pg_proc where prosecdef"
            " and pronamespace = any(array['queue', 'records']::regnamespace[])"
        ).fetchall()
    assert {name for name, _ in rows} == {"declare", "keep_up"}
    for _, settings in rows:
        assert "search_path=pg_catalog, pg_temp" in settings
        assert any(setting.startswith("lock_timeout=") for setting in settings)


def test_a_transaction_that_idles_is_ended(enter):
    for function in ROLES:
        with enter(function) as conn:
            row = conn.execute("show idle_in_transaction_session_timeout").fetchone()
            assert row
            assert row[0] in ("30s", "1min")


def test_a_record_is_found_by_its_id(enter, database_url, anns):
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute(
            """
            insert into records.sheet (id, owner, file_name, file_size, file_key, expires_at)
            select gen_random_uuid(), 'ann', 'a', 1, 'a', now() + '1 day'
              from generate_series(1, 2000)
            """
        )
        conn.execute("analyze records.sheet")
    with enter("status", "ann") as conn:
        plan = conn.execute(
            "explain select * from records.sheet where id = %s and owner = 'ann'", [anns]
        ).fetchall()
    assert any("sheet_pkey" in line for (line,) in plan), plan
