"""Look at a record all the time while it is worked on."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

import httpx

from tests.faults.work import Work

_SECONDS_BETWEEN = 0.05


class Watch:
    """Asks for status and preview during the block, and keeps every answer that is only half true.

    Until the job has completed there is nothing to see; then everything is there.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.half_true: list[str] = []
        self.seen: set[str] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        if error is None:
            self._look_once()  # The end may have come between two looks.

    def _look(self) -> None:
        while not self._stop.wait(_SECONDS_BETWEEN):
            try:
                self._look_once()
            except Exception as error:
                self.half_true.append(repr(error))
                raise

    def _look_once(self) -> None:
        self._judge_status(self._work.status())
        self._judge_preview(self._work.preview())

    def _judge_status(self, answer: httpx.Response) -> None:
        data = answer.json().get("data") or {}
        record = data.get("record") or {}
        known = [record.get(name) is not None for name in ("totalRows", "columns", "cleanDataKey")]
        self._judge(
            answer,
            nothing=data.get("status") == "processing" and not any(known),
            everything=data.get("status") == "ready" and all(known),
        )

    def _judge_preview(self, answer: httpx.Response) -> None:
        data = answer.json().get("data") or {}
        complete = data.get("totalRows") == self._work.rows and len(data.get("rows", [])) == 1
        self._judge(answer, nothing=answer.status_code == 202, everything=complete)

    def _judge(self, answer: httpx.Response, *, nothing: bool, everything: bool) -> None:
        if everything:
            self.seen.add("everything")
        elif "everything" in self.seen or not nothing:
            self.half_true.append(f"{answer.url}: {answer.status_code} {answer.text}")
        else:
            self.seen.add("nothing")
