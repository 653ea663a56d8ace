"""Requests made up from the description, by two users: no fault of ours, nothing undescribed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, Response
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

DESCRIPTION = json.loads(
    (Path(__file__).parents[2] / "shared" / "http" / "openapi.json").read_text()
)
CASES = int(os.environ.get("FUZZ_CASES", "25"))
"""For each operation; .ci/run says 500."""

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(3600)]

_FOUND = schemathesis.openapi.from_dict(DESCRIPTION).get_all_operations()
_positive_data_acceptance = CHECKS.get_one("positive_data_acceptance")
_negative_data_rejection = CHECKS.get_one("negative_data_rejection")
OPERATIONS = {operation.label: operation for operation in (each.ok() for each in _FOUND)}
OF_ONE_THING = [label for label in OPERATIONS if "record_id" in label or "job_id" in label]


def for_many(label: str, cases: int, mode: GenerationMode, try_one: Callable[[Case], None]) -> None:
    """Make requests up and try each."""
    strategy = OPERATIONS[label].as_strategy(generation_mode=mode)
    limited = settings(
        max_examples=cases,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        limited(given(strategy)(try_one))()
    except Unsatisfiable:
        # A route that takes nothing cannot be asked wrongly.
        if mode is GenerationMode.POSITIVE:
            raise


def _is_the_servers(answer: Response) -> bool:
    """Say whether gunicorn or functions-framework answered: a long line, a line break in a path."""
    kind = answer.headers.get("content-type", [""])[0]
    unread = kind.startswith("text/plain") or "%0A" in str(answer.request.url)
    return answer.status_code == 414 or (answer.status_code == 404 and unread)


def assert_described(case: Case, answer: Response) -> None:
    """Find neither a fault of ours nor an answer that the description does not know."""
    assert answer.status_code < 500
    if _is_the_servers(answer):
        return
    # Some rules between fields are beyond a schema: such a body is well-formed and refused.
    excluded = [_positive_data_acceptance]
    if answer.status_code == 413:  # a rejection too, of which the check does not know
        excluded.append(_negative_data_rejection)
    case.validate_response(answer, excluded_checks=excluded)


def with_what_is_there(case: Case, theirs: Mapping[str, Mapping[str, str | int]]) -> Case:
    """Let a request be about something that there is."""
    kind = next((kind for kind in theirs if f"/{kind}/" in case.path), "sheets")
    there = theirs[kind]
    case.path_parameters |= {key: there[key] for key in there.keys() & case.path_parameters}
    return case


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_described(system, anns, label, mode):
    def try_one(case):
        answer = case.call(base_url=system.url, headers={"x-sluice-user": "bob"})
        assert_described(case, answer)
        assert "hers-alone" not in answer.text

    for_many(label, max(1, CASES // 2), mode, try_one)


@pytest.mark.parametrize("label", OF_ONE_THING)
def test_a_known_record_is_somebody_elses(system, anns, label):
    def try_one(case):
        answer = with_what_is_there(case, anns).call(
            base_url=system.url, headers={"x-sluice-user": "eve"}
        )
        assert 400 <= answer.status_code < 500
        assert "hers-alone" not in answer.text

    for_many(label, max(1, CASES // 5), GenerationMode.POSITIVE, try_one)


@pytest.mark.parametrize("label", [label for label in OF_ONE_THING if "DELETE" not in label])
def test_ones_own_record_is_read_and_changed_as_described(system, anns, label):
    def try_one(case):
        answer = with_what_is_there(case, anns).call(
            base_url=system.url, headers={"x-sluice-user": "ann"}
        )
        assert_described(case, answer)

    for_many(label, CASES, GenerationMode.POSITIVE, try_one)
