"""Random lives of a queue, each step compared with a plain model of it.

What is random is the same in every run. SLUICE_MODEL_EXAMPLES=1000 searches further, and shrinks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import own_database
from tests.postgres.model.machine import QueueMachine

EXAMPLES = {"postgres_18": 150, "postgres_15": 30}
_WANTED = os.environ.get("SLUICE_MODEL_EXAMPLES")


@pytest.fixture(params=EXAMPLES)
def server(request) -> Iterator[tuple[str, str]]:
    for url in own_database(request.getfixturevalue(request.param)):
        yield request.param, url


@pytest.mark.timeout(0 if _WANTED else 240)
def test_the_queue_does_what_the_model_does(server):
    name, url = server
    run_state_machine_as_test(
        lambda: QueueMachine(url),
        settings=settings(
            max_examples=int(_WANTED or EXAMPLES[name]),
            stateful_step_count=50,
            derandomize=_WANTED is None,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink] if _WANTED else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
