"""Small sheets are inflated once, and no more of them is held than was promised."""

from __future__ import annotations

from zipfile import ZipInfo

import pytest

from functions.worker.parse.xlsx import kept
from functions.worker.parse.xlsx.kept import Kept

PIECES = [b"abcd", b"efgh", b"i"]


def member(name: str, size: int) -> ZipInfo:
    found = ZipInfo(name)
    found.file_size = size
    return found


@pytest.mark.parametrize("most", [1, 3, 4, 100])
def test_what_was_passed_on_can_be_had_again(most):
    small = member("small", 9)
    again = Kept([small])
    assert again.again(small, most) is None
    assert list(again.keep(small, PIECES)) == PIECES

    for _ in range(2):
        pieces = list(again.again(small, most) or ())
        assert b"".join(pieces) == b"abcdefghi"
        assert max(map(len, pieces)) <= most


@pytest.mark.parametrize("stated", [8, 10])
def test_a_file_of_another_size_than_stated_is_not_kept(stated):
    lying = member("lying", stated)
    again = Kept([lying])
    assert list(again.keep(lying, PIECES)) == PIECES
    assert again.again(lying, 100) is None


def test_what_was_not_read_to_its_end_is_not_kept():
    small = member("small", 9)
    again = Kept([small])
    next(again.keep(small, PIECES))
    assert again.again(small, 100) is None


def test_all_together_stay_within_the_limit(monkeypatch):
    monkeypatch.setattr(kept, "_MOST_BYTES", 20)
    members = [member("a", 9), member("large", 12), member("b", 9)]
    again = Kept(members)
    for each in members:
        list(again.keep(each, [b"x" * each.file_size]))

    held = [each.filename for each in members if again.again(each, 100)]
    assert held == ["a", "b"]
