"""A drain's budget is the least of three, with a margin for the end."""

from __future__ import annotations

import pytest

from functions.worker.budget import budget
from functions.worker.settings import WorkerSettings
from shared.errors import BadRequest


def settings(**options: object) -> WorkerSettings:
    return WorkerSettings(
        database_url="postgresql://localhost/x",
        storage_bucket="bucket",
        worker_budget_seconds=240,
        **options,
    )


@pytest.mark.parametrize(
    ("platform", "caller", "seconds"),
    [
        (None, None, 240),
        (300, None, 240),
        (100, None, 90),
        (20, None, 15),
        (None, "60", 50),
        (100, "60", 50),
        (100, "600", 90),
    ],
)
def test_the_least_counts(platform, caller, seconds):
    assert budget(settings(cloud_run_timeout_seconds=platform), caller) == seconds


@pytest.mark.parametrize("header", ["soon", "", "-1", "0", "inf", "nan"])
def test_what_is_no_time_is_refused(header):
    with pytest.raises(BadRequest, match="number of seconds"):
        budget(settings(), header)
