"""Objects of any size, written as they come."""

from __future__ import annotations

import gc
import os

import pytest

from shared.errors import ObjectExists
from shared.object_writer import PART_BYTES
from shared.storage import Store

SIZES = [0, 1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES, 2 * PART_BYTES + 1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [64 * 1024, 3 * PART_BYTES])
def test_what_is_written_is_there_when_the_block_ends(store: Store, size: int, step: int) -> None:
    data, key = os.urandom(size), f"writer/{size}-{step}"
    with store.writer(key) as out:
        for start in range(0, size, step):
            out.write(data[start : start + step])
        assert out.tell() == size
        assert store.size(key) is None

    assert store.read(key) == data


@pytest.mark.parametrize("size", [10, PART_BYTES + 10])
def test_a_block_that_raises_leaves_nothing(store: Store, size: int) -> None:
    key = f"given-up/{size}"
    with pytest.raises(RuntimeError):
        _give_up(store, key, size)
    gc.collect()

    assert store.size(key) is None


def _give_up(store: Store, key: str, size: int) -> None:
    with store.writer(key) as out:
        out.write(bytes(size))
        raise RuntimeError


def test_an_object_is_not_replaced(store: Store) -> None:
    store.create("kept", b"first")
    with pytest.raises(ObjectExists), store.writer("kept") as out:
        out.write(b"second")

    assert store.read("kept") == b"first"
