"""What docs/api.md shows works as it stands there, in all three languages."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from local.system import System
from local.web_build import WEB, NoNode, find_node
from tests.docs.markdown import script
from tests.screening.work import ris

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "api.md"
IN_THE_TEXT = "http://127.0.0.1:8080"
BIG_ROWS = 600_000
FEMALES = 165
TSC = WEB / "node_modules" / "typescript" / "bin" / "tsc"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the examples send."""
    shutil.copy(ROOT / "samples" / "penguins.xlsx", tmp_path)
    (tmp_path / "found.ris").write_bytes(ris(20))
    with (tmp_path / "big.csv").open("w") as big:
        big.write("number,text\n")
        big.writelines(f"{number},some text\n" for number in range(BIG_ROWS))
    return tmp_path


def test_with_curl(documented: System, folder: Path):
    if not (shutil.which("curl") and shutil.which("jq")):
        pytest.skip("the examples use curl and jq")
    code = "set -euo pipefail\n" + written(documented, "sh").removeprefix("\n")

    run(folder, "bash", "api.md.sh", code)

    check(folder)


def test_with_python(documented: System, folder: Path):
    run(folder, sys.executable, "api.md.py", written(documented, "python"))

    check(folder)


def test_with_typescript(documented: System, folder: Path):
    try:
        node = str(find_node())
    except NoNode as missing:
        pytest.skip(str(missing))
    if not TSC.exists():
        pytest.skip("there is no TypeScript: `make web` installs it")
    (folder / "api.mts").write_text(written(documented, "ts"), encoding="utf-8")
    checked = ["--strict", "--target", "es2023", "--module", "nodenext", "--skipLibCheck"]
    types = ["--typeRoots", str(WEB / "node_modules" / "@types"), "--types", "node"]
    finish(folder, node, str(TSC), *checked, *types, "api.mts")

    finish(folder, node, "api.mjs")

    check(folder)


def written(system: System, language: str) -> str:
    code = script(DOCUMENT, language)
    assert IN_THE_TEXT in code
    return code.replace(IN_THE_TEXT, system.url)


def run(folder: Path, program: str, name: str, code: str) -> None:
    (folder / name).write_text(code, encoding="utf-8")
    finish(folder, program, name)


def finish(folder: Path, *command: str) -> None:
    """Run to the end, as a user of the program's own name."""
    env = {**os.environ, "USER": Path(command[0]).name}
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def check(folder: Path) -> None:
    """Look at the files that each language has brought."""
    rows = table(folder / "penguins.csv")
    assert {row["性别 Sex"] for row in rows} == {"FEMALE"}
    assert len(rows) == FEMALES
    assert load_workbook(folder / "females.xlsx").active.max_row == 1 + FEMALES
    assert "TY  - JOUR" in (folder / "included.ris").read_text()
    values = table(folder / "values.csv")
    assert [row["weight"] for row in values] == ["72.5", "68", ""]
    assert values[2]["fever (found)"] == "absent"


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
