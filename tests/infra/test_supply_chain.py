"""What `make audit` says, and what `make sbom` lists."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from local.audit import read

ROOT = Path(__file__).parents[2]
CYCLONEDX = ROOT / ".venv" / "audit" / "bin" / "cyclonedx-py"
CLEAN = {"name": "flask", "version": "3.1.2", "vulns": []}
BAD = {
    "name": "urllib3",
    "version": "1.0",
    "vulns": [
        {"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]},
        {"id": "CVE-2", "fix_versions": []},
    ],
}
SKIPPED = {"name": "numpy", "skip_reason": "Dependency not found on PyPI"}


def test_nothing_found_is_fine():
    result = read({"dependencies": [CLEAN]})
    assert (result.exit_code, str(result)) == (0, "1 packages looked up, 0 vulnerabilities.")


def test_a_vulnerability_is_named_with_what_mends_it():
    result = read({"dependencies": [CLEAN, BAD, SKIPPED]})
    assert result.exit_code == 1
    assert "urllib3 1.0: PYSEC-1 (1.1, 2.0 mends it)" in str(result)
    assert "urllib3 1.0: CVE-2 (no version mends it)" in str(result)
    assert "NOT CHECKED: numpy" in str(result)


@pytest.mark.parametrize("packages", [[SKIPPED], [CLEAN, SKIPPED]])
def test_what_was_not_looked_up_is_not_passed_off_as_clean(packages):
    result = read({"dependencies": packages})
    assert result.exit_code == 2
    assert "NOT CHECKED" in str(result)


def test_without_a_network_it_says_so(tmp_path):
    mute = tmp_path / "pip-audit"
    mute.write_text("#!/bin/sh\necho 'no route to the index' >&2\nexit 1\n")
    mute.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "local.audit", mute, "requirements.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout.startswith("NOT CHECKED")
    assert "no route to the index" in done.stdout


def test_the_tools_never_enter_an_image():
    tools = re.compile(r"^(checkov|pip-audit|cyclonedx-bom)==", re.MULTILINE)
    for path in [*ROOT.glob("functions/*/requirements.txt"), ROOT / "requirements-dev.txt"]:
        assert not tools.search(path.read_text()), path
    for name in ("audit", "checkov"):
        assert tools.search((ROOT / f"requirements-{name}.txt").read_text())


@pytest.mark.skipif(not CYCLONEDX.exists(), reason="`make sbom` has not installed cyclonedx-py yet")
@pytest.mark.parametrize("function", ["upload", "status", "worker"])
def test_the_bill_of_materials_has_every_package_of_the_image(function, tmp_path):
    requirements = ROOT / "functions" / function / "requirements.txt"
    made = tmp_path / "sbom.json"
    subprocess.run(
        [CYCLONEDX, "requirements", requirements, "--no-validate", "-o", made],
        capture_output=True,
        check=True,
    )
    pinned = set(
        re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", requirements.read_text(), re.MULTILINE)
    )
    listed = {(c["name"], c["version"]) for c in json.loads(made.read_text())["components"]}
    assert pinned == listed
