"""What only the terraform program can tell. Most of it needs no provider and no network."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

INFRA = Path(__file__).parents[2] / "infra"
PROVIDERS = INFRA / ".terraform" / "providers"
EXAMPLE = INFRA / "environments" / "example.tfvars"

pytestmark = pytest.mark.skipif(
    shutil.which("terraform") is None, reason="terraform is not installed on this machine"
)


def terraform(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["terraform", *arguments],
        cwd=cwd,
        env={**os.environ, "CHECKPOINT_DISABLE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_files_are_formatted():
    result = terraform("fmt", "-check", "-recursive", "-list=true", cwd=INFRA)
    assert result.returncode == 0, result.stdout


@pytest.fixture
def variables(tmp_path):
    """A folder with the variables alone: their validations run without any provider."""
    shutil.copy(INFRA / "variables.tf", tmp_path)
    return tmp_path


def plan(folder: Path, *settings: str) -> subprocess.CompletedProcess[str]:
    options = [f"-var={setting}" for setting in settings]
    return terraform(
        "plan", "-input=false", "-no-color", f"-var-file={EXAMPLE}", *options, cwd=folder
    )


def test_the_example_environment_is_valid_and_complete(variables):
    result = plan(variables)
    assert result.returncode == 0, result.stderr
    assert "undeclared" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('invokers=["allUsers"]', "allAuthenticatedUsers are refused"),
        ('invokers=["allAuthenticatedUsers"]', "allAuthenticatedUsers are refused"),
        ('auth={mode="none",audience="x"}', "auth.mode is iap or oidc"),
        ('auth={mode="oidc",audience="x"}', "needs auth.issuer"),
        ("worker_timeout_seconds=3600", "30 minutes at the most"),
        ("worker_timeout_seconds=60", "30 minutes at the most"),
        ('web_origins=["*"]', "An origin is a scheme and a host"),
        ('region="europe-west1-b"', "not a zone"),
    ],
)
def test_a_wrong_variable_is_refused_with_a_reason(variables, setting, message):
    result = plan(variables, setting)
    assert result.returncode != 0
    # Terraform breaks its messages into lines and draws a bar before each.
    assert message in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize("name", ["numbers", "variables"])
def test_what_needs_no_provider_is_tried_without_one(tmp_path, name):
    for path in ("variables", "numbers", "language"):
        shutil.copy(INFRA / f"{path}.tf", tmp_path)
    text = (INFRA / "tests" / f"{name}.tftest.hcl").read_text()
    (tmp_path / "tests").mkdir()
    alone = re.sub(r'^mock_provider "\w+" \{\}\n', "", text, flags=re.MULTILINE)
    (tmp_path / "tests" / f"{name}.tftest.hcl").write_text(alone)

    result = terraform("test", "-no-color", cwd=tmp_path)

    runs = len(re.findall(r"^run ", text, re.MULTILINE))
    assert f"Success! {runs} passed, 0 failed." in result.stdout, result.stdout + result.stderr


@pytest.mark.skipif(
    not PROVIDERS.exists(),
    reason="terraform's providers are not here: `terraform -chdir=infra init -backend=false`",
)
@pytest.mark.parametrize("verb", ["validate", "test"])
def test_with_the_providers_all_of_it_is_valid(verb):
    result = terraform(verb, "-no-color", cwd=INFRA)
    assert result.returncode == 0, result.stdout + result.stderr
