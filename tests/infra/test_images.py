"""What the Dockerfiles promise: a function and `shared`, nothing else, and not as root."""

import ast
import json
import re
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
    source = ROOT / command[command.index("--source") + 1]
    target = command[command.index("--target") + 1]
    assert source.parent.name == function
    defined = {
        node.name
        for node in ast.parse(source.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    assert target in defined
