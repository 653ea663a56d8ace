"""Each hostile file gets its sentence in good time, and the worker goes on with the next."""

from __future__ import annotations

import pytest

from tests.hostile.bombs import BOMBS
from tests.hostile.conftest import Ask

PATIENCE_SECONDS = 30
"""Three times what it may take, since tests run side by side."""
GOOD = b"name,age\nAnn,31\nBob,29\n"


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_hostile_file_is_answered_and_the_next_file_read(ask: Ask, bomb):
    answer = ask(bomb())
    after = ask(GOOD)

    print(f"{bomb.__name__}: {answer.seconds:.1f} s, {answer.sentences}")
    assert answer.seconds < PATIENCE_SECONDS
    if BOMBS[bomb]:
        assert not answer.ready
        assert [BOMBS[bomb] in sentence for sentence in answer.sentences] == [True]
    else:
        assert answer.ready
    assert after.ready
