"""What docs/api.md shows works as it stands there, in all three languages."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from local.functions import FunctionProcess
from local.system import DATABASE, System
from local.web_build import WEB, NoNode, find_node
from tests.auth.issuer import serving
from tests.docs.deployed import ROOT
from tests.docs.markdown import script
from tests.screening.work import ris

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BEGIN, SIGN_IN = TEXT.split("## The main job")[0], TEXT.split("## Sign in")[1]
IN_THE_TEXT = "http://127.0.0.1:8080"
BIG_ROWS = 600_000
FEMALES = 165
TSC = WEB / "node_modules" / "typescript" / "bin" / "tsc"
LANGUAGES = ("sh", "python", "ts")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the examples send."""
    shutil.copy(ROOT / "samples" / "penguins.xlsx", tmp_path)
    (tmp_path / "found.ris").write_bytes(ris(20))
    with (tmp_path / "big.csv").open("w") as big:
        big.write("number,text\n")
        big.writelines(f"{number},some text\n" for number in range(BIG_ROWS))
    return tmp_path


@pytest.fixture(scope="module")
def signed_in(
    documented: System, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address of a status function that asks for tokens, and a token."""
    with serving() as issuer:
        env = {"DATABASE_URL": documented.postgres.url(DATABASE), **documented.bucket.env}
        log = tmp_path_factory.mktemp("signed_in") / "status.log"
        status = FunctionProcess("status", env={**env, **issuer.env()}, log=log)
        status.start()
        try:
            status.wait_ready(check=status.check)
            yield status.url, issuer.token()
        finally:
            status.stop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_works(documented: System, folder: Path, language: str):
    done = run(folder, language, TEXT, documented.url, USER=language)

    assert done.returncode == 0, done.stdout + done.stderr
    rows = table(folder / "penguins.csv")
    assert {row["性别 Sex"] for row in rows} == {"FEMALE"}
    assert len(rows) == FEMALES
    assert load_workbook(folder / "females.xlsx").active.max_row == 1 + FEMALES
    assert "TY  - JOUR" in (folder / "included.ris").read_text()
    values = table(folder / "values.csv")
    assert [row["weight"] for row in values] == ["72.5", "68", ""]
    assert values[2]["fever (found)"] == "absent"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_token_signs_in(signed_in: tuple[str, str], tmp_path: Path, language: str):
    url, token = signed_in

    assert run(tmp_path, language, BEGIN + SIGN_IN, url, TOKEN=token).returncode == 0
    refused = run(tmp_path, language, BEGIN + SIGN_IN, url, USER="ann")
    assert refused.returncode != 0
    assert "401" in refused.stdout + refused.stderr


def run(
    folder: Path, language: str, text: str, url: str, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run the code of one language to its end."""
    code = script(text, language)
    assert IN_THE_TEXT in code
    code = code.replace(IN_THE_TEXT, url)
    match language:
        case "sh":
            if not (shutil.which("curl") and shutil.which("jq")):
                pytest.skip("the examples use curl and jq")
            command = ["bash", "-euo", "pipefail", written(folder, "api.sh", code)]
        case "python":
            command = [sys.executable, written(folder, "api.py", code)]
        case "ts":
            command = [found_node(), compiled(folder, code)]
    return finish(folder, *command, **env)


def written(folder: Path, name: str, code: str) -> str:
    (folder / name).write_text(code, encoding="utf-8")
    return name


def compiled(folder: Path, code: str) -> str:
    """Check the types as well."""
    if not TSC.exists():
        pytest.skip("there is no TypeScript: `make web` installs it")
    checked = ["--strict", "--target", "es2023", "--module", "nodenext", "--skipLibCheck"]
    types = ["--typeRoots", str(WEB / "node_modules" / "@types"), "--types", "node"]
    source = written(folder, "api.mts", code)
    done = finish(folder, found_node(), str(TSC), *checked, *types, source)
    assert done.returncode == 0, done.stdout
    return "api.mjs"


def found_node() -> str:
    try:
        return str(find_node())
    except NoNode as missing:
        pytest.skip(str(missing))


def finish(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
