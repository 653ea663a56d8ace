"""Many calls at once: each item is put to both models, and kept when both have answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from functions.worker.job import Job, Yielded
from functions.worker.language.errors import BudgetSpent, Interrupted
from functions.worker.language.pace import Pace
from shared.errors import Unrecoverable
from shared.screening.verdict import ModelName

T = TypeVar("T")
R = TypeVar("R")

_MODELS: tuple[ModelName, ...] = ("A", "B")
_LOOK_SECONDS = 0.2
_LAST_ANSWERS_SECONDS = {"handed over": 0.6, "cancelled": 4.0}
"""How long answers under way are waited for when the job is to stop; less than its grace."""


@dataclass
class Many(Generic[T, R]):
    """`ask` is called by threads; `keep` gets the answers to whole items, in the order A, B."""

    job: Job
    pace: Pace
    at_once: int
    ask: Callable[[ModelName, T], R]
    keep: Callable[[list[tuple[T, list[R]]], int], None]
    """And how many calls are under way or have answered without being kept; it checkpoints."""
    count: Callable[[], None]
    """Called at the end, whatever it is, to account for answers that were not kept."""
    watch: Callable[[], None]
    """Called now and then, to tell the progress."""
    _flying: dict[Future[R], tuple[int, ModelName]] = field(default_factory=dict)
    _half: dict[int, dict[ModelName, R]] = field(default_factory=dict)
    _fault: BaseException | None = None
    """Why no more calls are made; those under way are paid for, and are kept."""

    def run(self, items: Sequence[T]) -> None:
        """Put them all; raises Yielded when asked to stop, Unrecoverable when tokens run out.

        What else a call raises ends it as well, once the others have answered.
        """
        threads = ThreadPoolExecutor(self.at_once, thread_name_prefix="model")
        calls = ((place, name) for place in range(len(items)) for name in _MODELS)
        try:
            while self._fill(threads, items, calls):
                self.watch()
                self._land(items, _LOOK_SECONDS)
                if self.job.stopping():
                    raise Yielded
        except Yielded:
            self._give_way(items)
            raise
        finally:
            self.count()
            threads.shutdown(wait=False, cancel_futures=True)
        if isinstance(self._fault, BudgetSpent):
            raise Unrecoverable(str(self._fault)) from self._fault
        if self._fault is not None:
            raise self._fault

    def _fill(
        self,
        threads: ThreadPoolExecutor,
        items: Sequence[T],
        calls: Iterator[tuple[int, ModelName]],
    ) -> bool:
        """Have as many calls under way as are allowed; False when there is nothing left."""
        while len(self._flying) < self.at_once and self._fault is None:
            if (call := next(calls, None)) is None:
                break
            place, name = call
            self._flying[threads.submit(self.ask, name, items[place])] = call
        return bool(self._flying)

    def _land(self, items: Sequence[T], seconds: float) -> None:
        """Keep the items that have both answers now."""
        landed, _ = wait(self._flying, timeout=seconds, return_when=FIRST_COMPLETED)
        for future in landed:
            place, name = self._flying.pop(future)
            error = future.exception()
            if error is None:
                self._half.setdefault(place, {})[name] = future.result()
            elif not isinstance(error, Interrupted):
                self._fault = self._fault or error
                if not isinstance(error, BudgetSpent):  # then those that have tokens may go on
                    self.pace.halt()
        self._keep_whole(items)

    def _keep_whole(self, items: Sequence[T]) -> None:
        places = [place for place, said in self._half.items() if len(said) == len(_MODELS)]
        if not places:
            return
        whole = []
        for place in places:
            said = self._half.pop(place)
            whole.append((items[place], [said[name] for name in _MODELS]))
        self.keep(whole, len(self._flying) + len(self._half))

    def _give_way(self, items: Sequence[T]) -> None:
        """Keep what still comes in within the grace; an answer that does not is asked for again."""
        why = "cancelled" if self.job.cancelled() else "handed over"
        until = time.monotonic() + _LAST_ANSWERS_SECONDS[why]
        for future in [each for each in self._flying if each.cancel()]:
            del self._flying[future]
        while self._flying and (left := until - time.monotonic()) > 0:
            self._land(items, left)
