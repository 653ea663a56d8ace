"""What a reader may write for a value of a column."""

from __future__ import annotations

import pytest

from shared.clean.literal import read_text


@pytest.mark.parametrize("number", [-(2**63), 2**63 - 1, 0])
def test_all_that_a_column_of_integers_holds_can_be_written(number):
    assert read_text(str(number), "integer") == number


@pytest.mark.parametrize("text", [str(-(2**63) - 1), str(2**63), "1e400", "1.5"])
def test_what_it_cannot_hold_is_no_integer(text):
    assert read_text(text, "integer") is None
