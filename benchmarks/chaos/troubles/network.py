"""The bucket is there, and the workers get nothing good from it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.chaos.stack import Stack

_CUT_SHARE = 0.15
_DELAY_SECONDS = 0.03
"""Of each 64 KiB."""


@contextmanager
def refusing(stack: Stack, _where: int, _moments: random.Random) -> Iterator[int]:
    """Cut what is under way, and answer 503 to all that follows."""
    with stack.proxy.unavailable():
        yield 1


@contextmanager
def breaking_off(stack: Stack, _where: int, _moments: random.Random) -> Iterator[int]:
    """Cut off a share of the requests, half of them after they have arrived."""
    with stack.proxy.cutting(_CUT_SHARE):
        yield 1


@contextmanager
def slow(stack: Stack, _where: int, _moments: random.Random) -> Iterator[int]:
    """Keep each piece of each answer for a while."""
    with stack.proxy.slow(_DELAY_SECONDS):
        yield 1
