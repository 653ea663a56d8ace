"""What the Dockerfiles promise: a function and `shared`, nothing else, and not as root."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.parametrize("function", ["upload", "status", "worker"])


def instructions(function: str) -> list[tuple[str, str]]:
    text = (ROOT / "functions" / function / "Dockerfile").read_text()
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line.strip()]


def test_an_image_holds_the_function_and_shared_and_no_other_code(function):
    copies = [rest.split() for word, rest in instructions(function) if word == "COPY"]
    from_context = {source for source, _ in (c for c in copies if not c[0].startswith("--from"))}
    assert from_context == {
        f"functions/{function}/requirements.txt",
        "functions/__init__.py",
        f"functions/{function}",
        "shared",
    }
    assert ("ENV", "PYTHONPATH=/app") in {
        ("ENV", setting)
        for word, rest in instructions(function)
        if word == "ENV"
        for setting in rest.split()
    }


def test_packages_are_installed_by_hash(function):
    (install,) = [rest for word, rest in instructions(function) if "pip install" in rest]
    assert "--require-hashes" in install


def test_it_does_not_run_as_root(function):
    words = [word for word, _ in instructions(function)]
    assert words.index("USER") > max(i for i, word in enumerate(words) if word in ("RUN", "COPY"))
    (user,) = [rest for word, rest in instructions(function) if word == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_the_command_serves_a_function_that_exists(function):
    (command,) = [json.loads(rest) for word, rest in instructions(function) if word == "CMD"]
    text = " ".join(command).replace("'", '"')
    source = ROOT / f"functions/{function}/main.py"
    assert f"functions/{function}/gunicorn_conf.py" in text or source.name in text
    assert f'create_app("{function}", "functions/{function}/main.py")' in text
    defined = {
        node.name
        for node in ast.parse(source.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    assert function in defined


def test_the_base_can_be_pinned_by_digest_and_is_the_same_in_both_stages(function):
    bases = [rest.split()[0] for word, rest in instructions(function) if word == "FROM"]
    assert bases == ["python:3.13-slim${DIGEST:+@$DIGEST}"] * 2
    assert instructions(function)[0] == ("ARG", "DIGEST=")
    (label,) = [rest for word, rest in instructions(function) if word == "LABEL"]
    assert label.split() == [
        "org.opencontainers.image.base.name=docker.io/library/python:3.13-slim",
        "org.opencontainers.image.base.digest=${DIGEST}",
    ]


def test_docker_can_ask_after_its_health(function):
    (check,) = [rest for word, rest in instructions(function) if word == "HEALTHCHECK"]
    assert "/health/live" in check


def test_the_linter_finds_nothing(function):
    done = subprocess.run(
        [Path(sys.executable).parent / "hadolint", ROOT / "functions" / function / "Dockerfile"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
