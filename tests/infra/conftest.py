"""Terraform files as plain Python, read by python-hcl2."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hcl2
import pytest

INFRA = Path(__file__).parents[2] / "infra"
MODULES = tuple(sorted(folder.name for folder in (INFRA / "modules").iterdir()))

Body = dict[str, Any]


class Configuration:
    """All .tf files of one folder. A reference reads `${…}`, a string stands without quotes."""

    def __init__(self, folder: Path) -> None:
        self._files = [_plain(hcl2.loads(path.read_text())) for path in sorted(folder.glob("*.tf"))]

    @property
    def modules(self) -> dict[str, Body]:
        return dict(self._named("module"))

    @property
    def variables(self) -> dict[str, Body]:
        return dict(self._named("variable"))

    @property
    def locals(self) -> Body:
        return {name: value for block in self._blocks("locals") for name, value in block.items()}

    @property
    def outputs(self) -> dict[str, Body]:
        return dict(self._named("output"))

    @property
    def resources(self) -> dict[str, dict[str, Body]]:
        """Type → name → body."""
        found: dict[str, dict[str, Body]] = {}
        for kind, named in self._named("resource"):
            found.setdefault(kind, {}).update(named)
        return found

    def only(self, kind: str) -> Body:
        """The folder's one resource of that type."""
        (body,) = self.resources[kind].values()
        return body

    def number(self, expression: object, **variables: int) -> int:
        """The value of an arithmetic expression over locals and the given variables."""
        text = str(expression).removeprefix("${").removesuffix("}")
        text = re.sub(r"var\.(\w+)", lambda found: str(variables[found[1]]), text)
        text = re.sub(
            r"local\.(\w+)",
            lambda found: f"({self.number(self.locals[found[1]], **variables)})",
            text,
        )
        assert re.fullmatch(r"[\d\s()+*/-]+", text), f"no plain arithmetic: {expression}"
        return int(eval(text))

    def _blocks(self, kind: str) -> Iterator[Body]:
        for file in self._files:
            yield from file.get(kind, [])

    def _named(self, kind: str) -> Iterator[tuple[str, Body]]:
        for block in self._blocks(kind):
            yield from block.items()


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {_plain(k): _plain(v) for k, v in tree.items() if not k.startswith("__")}
    if isinstance(tree, list):
        return [_plain(item) for item in tree]
    if isinstance(tree, str) and len(tree) > 1 and tree[0] == tree[-1] == '"':
        return tree[1:-1]
    return tree


@pytest.fixture(scope="session")
def root() -> Configuration:
    return Configuration(INFRA)


@pytest.fixture(scope="session")
def modules() -> dict[str, Configuration]:
    return {name: Configuration(INFRA / "modules" / name) for name in MODULES}
