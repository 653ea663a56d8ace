"""Carry out the plan."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from benchmarks.chaos.plan import Trouble
from benchmarks.chaos.stack import Stack
from benchmarks.chaos.troubles.kinds import KINDS


def make_trouble(
    stack: Stack, troubles: Sequence[Trouble], *, check: Callable[[], None]
) -> Counter[str]:
    """Begin and end each at its time; return how many were struck by each kind.

    `check` is called before each and may raise. All troubles have ended when this returns. Call it
    from the main thread: what is started anew there ends with the thread.
    """
    struck: Counter[str] = Counter()
    began = time.monotonic()
    ends = [(trouble.at + trouble.seconds, trouble, False) for trouble in troubles]
    starts = [(trouble.at, trouble, True) for trouble in troubles]
    with ExitStack() as all_of_them:
        open_ones: dict[Trouble, ExitStack] = {}
        for at, trouble, begins in sorted(
            [*starts, *ends], key=lambda event: (event[0], not event[2])
        ):
            time.sleep(max(0.0, began + at - time.monotonic()))
            check()
            if begins:
                block = KINDS[trouble.name](stack, trouble.where, random.Random(trouble.seed))  # noqa: S311
                open_ones[trouble] = all_of_them.enter_context(ExitStack())
                struck[trouble.name] += open_ones[trouble].enter_context(block)
            else:
                open_ones.pop(trouble).close()
    return struck
