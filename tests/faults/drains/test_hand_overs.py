"""A sheet of a million rows that no drain is long enough for goes from drain to drain."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.drain.counting import SLICES, Counted
from shared.clean.manifest import read_manifest
from tests.faults.drains.yard import Sheet, Yard
from tests.worker.house import furnish
from tests.worker.process import WorkerProcess

pytestmark = [pytest.mark.faults, pytest.mark.timeout(280)]

ROWS = 1_000_000
DRAINS = 4
"""The sheet takes about so many."""
LEAST_HAND_OVERS = 3
SHARE_OF_THE_WAIT = 0.75
"""What a drain uses of the time that its caller waits."""
MOST_TWICE = 0.05


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The code, in which the parser counts."""
    return furnish(tmp_path / "house")


@pytest.fixture
def counted(house: Path) -> Counted:
    return Counted(house, SLICES)


def ten_columns(rows: int) -> bytes:
    """Return numbers, texts, dates and blanks: about 70 bytes a row."""
    line = "{0},name {0},{1:.3f},2024-03-{2:02},{3},group {4},{5},x{6},{7},{8:.2f}"
    lines = (
        line.format(n, n / 7, n % 28 + 1, n % 2, n % 97, n * 3, n % 9, "yes" * (n % 3), n * 1.5)
        for n in range(rows)
    )
    header = "number,name,share,day,even,group,triple,code,answer,value"
    return "\n".join((header, *lines)).encode()


def test_a_million_rows_come_out_the_same_and_few_are_parsed_twice(counted, yard):
    file = ten_columns(ROWS)
    worker = yard.worker()
    whole = yard.put_sheet(file)
    counts = worker.drain()
    assert (counts["completed"], counts["released"]) == (1, 0)
    assert counted.rows() == ROWS

    pieces, kept = hand_over(counted, yard, worker, file, seconds=counts["elapsedSeconds"])

    attempts = attempts_of(pieces, worker)
    twice = counted.rows() - ROWS
    print(f"{len(kept) - 1} hand-overs, {twice} of {ROWS} rows parsed twice: {attempts}")
    assert len(attempts) - 1 == len(kept) - 1 >= LEAST_HAND_OVERS
    assert read_from(attempts) == kept[: len(read_from(attempts))]
    assert clean_data(yard, pieces) == clean_data(yard, whole)
    # Charged are those that got nowhere, and the last.
    assert yard.attempts(pieces) == 1 + sum(before == after for before, after in pairwise(kept))
    yard.assert_each_done_once()
    assert twice <= ROWS * MOST_TWICE


def hand_over(
    counted: Counted, yard: Yard, worker: WorkerProcess, file: bytes, *, seconds: float
) -> tuple[Sheet, list[int]]:
    """Parse in drains of a part of `seconds`, a smaller one where the machine has become quicker.

    Return the sheet and what had been kept of it by the end of each drain.
    """
    for drains in (DRAINS, 2 * DRAINS, 4 * DRAINS):
        counted.begin_anew()
        pieces, kept = yard.put_sheet(file), [0]
        caller_waits = str(seconds / drains / SHARE_OF_THE_WAIT)
        while (counts := worker.drain(caller_waits=caller_waits))["completed"] == 0:
            assert (counts["released"], counts["stoppedBecause"]) == (1, "budget")
            kept.append(yard.rows_kept(pieces))
        if len(kept) > LEAST_HAND_OVERS:
            break
    return pieces, kept


Attempt = dict[str, tuple[int, int]]
"""By phase, where in the sheet the job's process began and where it was at its end."""


def attempts_of(sheet: Sheet, worker: WorkerProcess) -> list[Attempt]:
    """Return what the job's processes told of their progress, which the worker logs."""
    told = rf"Job {sheet.job_id}: (nothing told|\w+ \d+ to .*?)(?: \(|$)"
    lines = re.findall(told, worker.child.log.read_text(), re.MULTILINE)
    return [
        {
            phase: (int(start), int(end))
            for phase, start, end in re.findall(r"(\w+) (\d+) to (\d+)", line)
        }
        for line in lines
    ]


def read_from(attempts: list[Attempt]) -> list[int]:
    """Return at which row each began to read, those that had something to read."""
    return [attempt["reading"][0] for attempt in attempts if "reading" in attempt]


def clean_data(yard: Yard, sheet: Sheet) -> dict[str, object]:
    """Return all that a reader can see of it, and nothing that tells how it came about."""
    manifest = read_manifest(yard.store, yard.manifest_key(sheet))
    return {
        "record": yard.query(
            "select total_rows, total_cols, columns, source from records.sheet where id = %s",
            sheet.record_id,
        ),
        "columns": manifest.columns,
        "rows": [part.rows for part in manifest.parts],
        "parts": [yard.store.read(part.key) for part in manifest.parts],
        "first page": yard.store.read(manifest.first_page_key),
        "profile": yard.store.read(manifest.profile_key),
    }
