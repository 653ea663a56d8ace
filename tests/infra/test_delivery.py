"""The two pipelines, Cloud Build's and GitHub's: their order, and names that are Terraform's."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FUNCTIONS = ("upload", "status", "worker")
CLOUD_BUILD = yaml.safe_load((ROOT / "cloudbuild.yaml").read_text())
IMAGES = yaml.safe_load((ROOT / "infra" / "images.cloudbuild.yaml").read_text())
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITHUB = yaml.safe_load((ROOT / ".github" / "workflows" / "deliver.yml").read_text())
DIGEST = "sha256:" + "0" * 64


def cloud_build() -> dict[str, str]:
    """Scripts of Cloud Build in their order, by id."""
    return {step["id"]: step["script"] for step in CLOUD_BUILD["steps"]}


def github() -> dict[str, str]:
    """Scripts of the deploying job in their order, by id."""
    steps = GITHUB["jobs"]["deploy"]["steps"]
    return {step["id"]: step["run"] for step in steps if "id" in step}


def in_order(names: list[str], *expected: str) -> bool:
    return [name for name in names if name in expected] == list(expected)


def test_nothing_is_deployed_that_was_not_tested_built_and_migrated_to():
    assert in_order(
        list(cloud_build()), "test", "audit", "build", "migration-job", "migrate", "deploy", "page"
    )
    jobs = GITHUB["jobs"]
    assert "needs" not in jobs["test"]
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")
    assert in_order(list(github()), "verify", "migration-job", "migrate", "deploy", "page")


def test_each_runs_all_checks():
    assert cloud_build()["test"] == ".ci/run"
    assert {"audit", "sbom"} <= set(cloud_build()["audit"].split())
    runs = [step.get("run") for step in GITHUB["jobs"]["test"]["steps"]]
    assert ".ci/run" in runs
    assert "make audit" in runs
    assert "make sbom" in [step.get("run") for step in GITHUB["jobs"]["build"]["steps"]]


def test_cloud_build_makes_each_image_on_one_base_and_signs_where_it_came_from():
    assert IMAGES["options"]["requestedVerifyOption"] == "VERIFIED"
    assert IMAGES["images"] == [f"${{_REPOSITORY}}/{name}:${{_TAG}}" for name in FUNCTIONS]
    scripts = {step["id"]: step["script"] for step in IMAGES["steps"]}
    assert list(scripts) == ["base", *FUNCTIONS]
    for name in FUNCTIONS:
        assert f"-f functions/{name}/Dockerfile " in scripts[name]
        assert '--build-arg "DIGEST=$(cat base-digest)"' in scripts[name]
        assert f'-t "$_REPOSITORY/{name}:$_TAG"' in scripts[name]
    assert "--config infra/images.cloudbuild.yaml" in cloud_build()["build"]


def test_github_attests_each_image_and_deploys_none_without():
    build = GITHUB["jobs"]["build"]
    assert build["strategy"]["matrix"]["function"] == list(FUNCTIONS)
    used = {
        step["uses"].partition("@")[0]: step["with"] for step in build["steps"] if "with" in step
    }
    for action in ("actions/attest-build-provenance", "actions/attest-sbom"):
        assert used[action]["subject-digest"] == "${{ steps.image.outputs.digest }}"
    assert build["permissions"]["attestations"] == "write"
    assert "gh attestation verify" in github()["verify"]


def value_of(root: Any, text: str) -> str:
    """A name of Terraform's as the pipelines know it."""
    parts = {"var.name": "$NAME", "var.project": "$PROJECT", "var.region": "$REGION"}
    parts["google_artifact_registry_repository.images.repository_id"] = "$NAME"
    return re.sub(r"\$\{([^}]*)\}", lambda found: parts[found[1]], text)


def test_names_are_those_of_terraform(root):
    repository = value_of(root, root.outputs["images"]["value"])
    job = value_of(root, root.modules["migrate"]["name"])
    page = value_of(root, root.modules["front"]["page_bucket"])
    assert root.only("google_artifact_registry_repository")["repository_id"] == "${var.name}"

    env = {
        name: re.sub(r"\$\{\{ vars\.(?:GCP_|SLUICE_)(\w+).*?\}\}", r"$\1", str(value))
        for name, value in GITHUB["env"].items()
    }
    assert env["REPOSITORY"] == repository
    substitutions = CLOUD_BUILD["substitutions"]
    renamed = re.sub(r"\$\{_?(\w+?)(?:_ID)?\}", r"$\1", substitutions["_REPOSITORY"])
    assert renamed == repository

    for script in (github()["migrate"], cloud_build()["migrate"].replace("$_", "$")):
        assert f'execute "{job}"' in script
        assert "--wait" in script
    for script in (github()["page"], cloud_build()["page"].replace("$_", "$")):
        assert page in script.replace("PROJECT_ID", "PROJECT")


@pytest.mark.parametrize("pipeline", [cloud_build, github], ids=["cloud-build", "github"])
def test_the_job_gets_the_new_image_before_anything_that_serves(pipeline):
    scripts = pipeline()
    assert "-target=module.migrate " in scripts["migration-job"]
    assert "-target" not in scripts["deploy"]
    for name in ("migration-job", "deploy"):
        assert scripts[name].index("sluice.tfvars -var-file=images.tfvars")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_with_their_version_beside(path):
    used = re.findall(r"uses: (\S+?)@(\S+)(.*)", path.read_text())
    assert used
    for action, commit, comment in used:
        assert re.fullmatch(r"[0-9a-f]{40}", commit), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
    watched = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    assert "github-actions" in {each["package-ecosystem"] for each in watched}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_may_do_little_and_run_nothing_that_a_name_could_change(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    scripts = [s["run"] for job in workflow["jobs"].values() for s in job["steps"] if "run" in s]
    assert not [script for script in scripts if "${{" in script]


def scripts() -> list[tuple[str, str]]:
    found = [(f"cloud-build-{name}", text) for name, text in cloud_build().items()]
    found += [(f"images-{step['id']}", step["script"]) for step in IMAGES["steps"]]
    steps = [
        (job, i, s) for job, body in GITHUB["jobs"].items() for i, s in enumerate(body["steps"])
    ]
    return found + [(f"github-{job}-{i}", s["run"]) for job, i, s in steps if "run" in s]


@pytest.mark.parametrize("script", [s for _, s in scripts()], ids=[name for name, _ in scripts()])
def test_a_script_is_one(script):
    shell = "sh" if script.startswith("#!/bin/sh") else "bash"
    subprocess.run([shell, "-n"], input=script, text=True, check=True)


@pytest.fixture
def gcloud(tmp_path):
    """A registry's answer, in the place of the program that asks it."""

    def answering(text: str) -> dict[str, str]:
        program = tmp_path / "gcloud"
        program.write_text(f'#!/bin/sh\necho "$5" >> "{tmp_path}/asked"\necho "{text}"\n')
        program.chmod(0o755)
        return {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}

    return answering


def images(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [ROOT / "infra" / "images.sh", "r.example/p/sluice", "t1"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_images_are_deployed_by_digest(gcloud, tmp_path, root):
    done = images(gcloud(DIGEST))
    assert done.returncode == 0
    named = dict(re.findall(r'^  (\w+) = "(.*)"$', done.stdout, re.MULTILINE))
    assert named == {name: f"r.example/p/sluice/{name}@{DIGEST}" for name in FUNCTIONS}
    assert (tmp_path / "asked").read_text().split() == [
        f"r.example/p/sluice/{name}:t1" for name in FUNCTIONS
    ]
    for name in FUNCTIONS:
        assert name in str(root.variables["images"]["type"])


def test_an_image_that_is_not_there_ends_it(gcloud):
    done = images(gcloud(""))
    assert done.returncode == 1
    assert "upload:t1 has no digest" in done.stderr


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("cloudbuild", "cloudbuild.yaml"),
        ("cloudbuild", "infra/images.cloudbuild.yaml"),
        ("github-workflows", ".github/workflows/deliver.yml"),
        ("dependabot", ".github/dependabot.yml"),
    ],
)
def test_a_file_has_the_form_that_its_reader_expects(schema, path):
    tool = Path(sys.executable).with_name("check-jsonschema")
    command = [tool, "--builtin-schema", f"vendor.{schema}", ROOT / path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_who_audits_workflows_finds_nothing():
    tool = Path(sys.executable).with_name("zizmor")
    command = [tool, "--offline", "--no-progress", "--quiet", ROOT / ".github"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
