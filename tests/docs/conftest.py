"""A running system for the documents' examples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.system import System, running_system


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that share a system, or a deployed copy, in one process."""
    for item in items:
        for shared in {"documented", "documents"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(scope="session")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The system that the examples talk to."""
    with running_system(data=tmp_path_factory.mktemp("docs"), port=0) as running:
        yield running
