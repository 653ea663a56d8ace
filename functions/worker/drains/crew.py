"""The slots of a drain among one another: who rests, and who must be alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from functions.worker.deadline import Deadline
from functions.worker.drains.bell import Bell

_LOOK_SECONDS = 0.5
"""A slot that rests looks for work so often, also when nobody rings."""


class Crew:
    """So many slots, which together end when none of them finds work, or stay if they `linger`."""

    def __init__(self, size: int, bell: Bell, deadline: Deadline, *, linger: bool) -> None:
        self._size = size
        self._bell = bell
        self._deadline = deadline
        self._linger = linger
        self._over = False
        self._resting = 0
        self._working = 0
        self._want_alone = 0
        self._one_alone = False

    def rest(self) -> bool:
        """Wait until it is worth looking for work again; False when the drain is over."""
        with self._bell.condition:
            self._resting += 1
            self._end_if_all_rest()
            self._bell.wait(lambda: self._over, min(_LOOK_SECONDS, self._deadline.left()))
            self._resting -= 1
            return not self._over and self._deadline.left() > 0

    def leave(self) -> None:
        """Count one slot out, however it ended."""
        with self._bell.condition:
            self._size -= 1
            self._end_if_all_rest()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Claim and work during the block; begins when nobody is, or wants to be, alone."""
        with self._bell.condition:
            self._bell.condition.wait_for(self._no_one_alone)
            self._working += 1
        try:
            yield
        finally:
            with self._bell.condition:
                self._working -= 1
                self._bell.condition.notify_all()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Be the only slot at work, from within `at_work`; False if the time was up before."""
        condition = self._bell.condition
        with condition:
            self._working -= 1
            self._want_alone += 1
            condition.notify_all()
            granted = condition.wait_for(self._nobody_works, self._deadline.left())
            self._want_alone -= 1
            self._working += 1
            self._one_alone = granted
        try:
            yield granted
        finally:
            with condition:
                self._one_alone &= not granted
                condition.notify_all()

    def _end_if_all_rest(self) -> None:
        if self._resting >= self._size and not self._linger:
            self._over = True
            self._bell.condition.notify_all()

    def _no_one_alone(self) -> bool:
        return not self._one_alone and not self._want_alone

    def _nobody_works(self) -> bool:
        return self._working == 0
