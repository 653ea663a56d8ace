"""A parse that is stopped and taken up again ends as if nothing had happened."""

import json

import pytest

from functions.worker.children.messages import Checkpointed
from functions.worker.job import Yielded
from shared.clean.manifest import read_manifest

ROWS = 25_000


@pytest.fixture(scope="module")
def content() -> bytes:
    """Columns that look numeric for two batches, and turn out to be something else in the third."""
    lines = ["序号,late,odd,price,day,code"]
    for n in range(ROWS):
        late = "1.50" if n < 24_000 else f"v{n}"
        odd = "ND" if n in (5, 15_000) else n
        day = "2024-05-06" if n < 12_000 else "2024-05-06 07:08:09"
        lines.append(f"{n},{late},{odd},{n / 8},{day},{'00123' if n == 21_000 else n % 1000}")
        if n % 5000 == 77:
            lines.append("")
    return "\n".join(lines).encode()


def outcome(driver, result) -> list[bytes]:
    """Return all that readers will see, without the objects' names, which carry the fence."""
    manifest = read_manifest(driver.store, result.clean_data_key)
    keys = [*(part.key for part in manifest.parts), manifest.first_page_key, manifest.profile_key]
    shape = result.model_dump_json(exclude={"clean_data_key", "objects"})
    return [shape.encode(), *(driver.store.read(key) for key in keys)]


def checkpoints(driver) -> list[Checkpointed]:
    return [message for message in driver.messages if isinstance(message, Checkpointed)]


def test_types_are_decided_by_all_rows(driver, content):
    result = driver.parse(content)

    found = {column.name: (column.type, column.odd) for column in result.columns}

    assert found == {
        "序号": ("integer", 0),
        "late": ("decimal", 1000),
        "odd": ("integer", 2),
        "price": ("decimal", 0),
        "day": ("datetime", 0),
        "code": ("text", 0),
    }
    assert (result.total_rows, result.source.blank_rows) == (ROWS, 5)


def test_stopped_at_each_checkpoint_it_ends_the_same(driver, content):
    payload = driver.upload(content)
    whole = outcome(driver, driver.run(payload))
    kept = checkpoints(driver)
    assert len(kept) == 7  # two batches read, the third and last, three parts typed, the manifest

    for checkpoint in kept:
        state = json.loads(json.dumps(checkpoint.state))
        assert outcome(driver, driver.run(payload, state)) == whole


def test_yielding_at_every_checkpoint_gets_there_and_always_advances(driver, content):
    payload = driver.upload(content)
    whole = outcome(driver, driver.run(payload))
    driver.messages.clear()
    state, result, kept = None, None, [0]

    while result is None and len(kept) < 20:
        seen = kept[-1]
        try:
            result = driver.run(payload, state, lambda seen=seen: len(checkpoints(driver)) > seen)
        except Yielded:
            state = checkpoints(driver)[-1].state
            kept.append(len(checkpoints(driver)))

    done = [checkpoint.done for checkpoint in checkpoints(driver)]
    assert done == sorted(set(done))
    assert kept == sorted(set(kept))
    assert len(kept) >= 6  # what had been begun when it was to stop was kept, too
    assert outcome(driver, result) == whole


def test_the_result_names_all_that_clean_data_consists_of(driver, content):
    payload = driver.upload(content)
    result = driver.run(payload)

    left = set(driver.store.keys(payload.prefix)) - set(result.objects)

    assert {key.rpartition("/")[2].partition("-")[0] for key in left} == {"original", "staged"}


def test_progress_counts_rows(driver, content):
    driver.parse(content)

    progress = [message.progress for message in driver.messages if message.type == "advanced"]

    assert progress[0].phase == "reading"
    assert all(step.total in (ROWS, ROWS + 5) for step in progress)
    assert all(step.done <= step.total for step in progress)
