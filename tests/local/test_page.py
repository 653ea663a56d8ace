"""The page's files, their caching and their policy."""

from pathlib import Path

import pytest

from local.page import page_file, page_headers

HEADERS = page_headers("http://127.0.0.1:9")


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("page")
    (built / "icon.svg").write_text("icon")
    (built / ".built").write_text("secret")
    (built / "assets" / "index-Ab12.js").write_text("script")
    (tmp_path / "outside.txt").write_text("secret")
    return built


def found(path: str, dist: Path):
    answer = page_file(path, HEADERS, dist=dist)
    return answer and Path(answer.path).name, answer and answer.headers["cache-control"]


def test_files_with_a_hash_are_kept_for_ever_and_others_asked_for_each_time(dist):
    assert found("/assets/index-Ab12.js", dist)[1] == "public, max-age=31536000, immutable"
    assert found("/icon.svg", dist) == ("icon.svg", "no-cache")
    assert found("/", dist) == ("index.html", "no-cache")


def test_the_pages_own_addresses_are_the_page(dist):
    for path in ("/sheets/7a3c", "/operators/failed"):
        assert found(path, dist) == ("index.html", "no-cache")


@pytest.mark.parametrize(
    "path", ["/../outside.txt", "/assets/../../outside.txt", "/.built", "/assets/gone-Cd34.js"]
)
def test_nothing_else_is_served(dist, path):
    assert page_file(path, HEADERS, dist=dist) is None


def test_without_a_build_there_is_no_page(tmp_path):
    assert page_file("/", HEADERS, dist=tmp_path / "none") is None


def test_scripts_come_from_here_alone_and_requests_go_here_and_to_the_bucket():
    policy = dict(each.split(" ", 1) for each in HEADERS["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self' http://127.0.0.1:9"
    assert "'unsafe" not in HEADERS["content-security-policy"]
