"""Many drains at once on the same queues."""

from __future__ import annotations

import pytest

from tests.faults.work import csv
from tests.worker.process import draining

pytestmark = pytest.mark.faults

SHEETS = 10
ROWS = 12_000
"""More than a batch, so that there are checkpoints and objects that are swept."""
CLIPS = 3_000


@pytest.fixture
def workers(yard):
    """Eight that are warm: a cold one would come too late to disturb the others."""
    started = [yard.worker() for _ in range(8)]
    with draining(*started):
        pass
    return started


def test_they_do_each_job_once(yard, workers):
    file = csv(ROWS)
    for drains in (2, 5, 8):
        for number in range(SHEETS):
            yard.put_sheet(file)
            yard.put_clips(CLIPS // SHEETS, how="slowly" if number % 2 else "well")

        with draining(*workers[:drains]) as running:
            pass

        completed = [drain.result()["completed"] for drain in running]
        print(f"{drains} drains completed {completed}")
        assert sum(completed) == SHEETS + CLIPS
        assert sum(done > 0 for done in completed) > 1
        yard.assert_each_done_once()
