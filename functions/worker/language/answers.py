"""Answers that were given before: kept in the bucket, by the content of the question.

They live under the record, so that they go when the record goes. An answer is kept the moment it
comes: what a killed worker has paid for, its successor finds.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from itertools import count, takewhile
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from functions.worker.language.account import Account
from functions.worker.language.prompt import Prompt
from functions.worker.language.usage import Usage
from shared.errors import ObjectExists, ObjectMissing
from shared.storage import Store

FOLDER = "answers"


class Kept(BaseModel):
    """An answer as it came, and what it cost then."""

    answer: str
    usage: Usage
    job_id: int
    """Of the job that asked."""
    run: int = 0
    """Which of its runs; see `Answers`."""
    item: int = 0
    """What it was asked for: whose answers are kept has its cost. 0 where that is not known."""
    fence: int = 0
    """Of the attempt that has counted it, unless it was killed first; 0 when it came too late."""


class Before(NamedTuple):
    """An answer that was given before."""

    answer: str
    usage: Usage
    """What of its cost is to be counted yet: all of it where an attempt of this run asked, and
    was killed before it could tell; nothing where another has asked, whose account has it."""


class Answers:
    """The answers of one record.

    The account's `run` tells the attempts that share a checkpoint from those of the same job before
    somebody retried it: their account was closed, and what they have used is written.
    """

    def __init__(self, store: Store, prefix: str, account: Account, *, fence: int) -> None:
        self._store = store
        self._job_id = account.job_id
        self._run = account.run
        self._settled = frozenset(account.settled)
        self._fence = fence
        self.counted = list(account.counted)
        """Those that killed attempts have paid for and later ones have counted."""
        self._counted = frozenset(account.counted)
        self._asked: set[str] = set()
        self._folder = f"{prefix}/{FOLDER}/"
        self._known = set(store.keys(self._folder))
        self._lock = threading.Lock()

    def find(self, key: str, item: int) -> Before | None:
        """Return what was answered to this before; None when that is not known.

        `item` is what it is asked for now; another one with the same question has not paid.
        """
        if (name := self._folder + key) not in self._known:
            return None
        try:
            kept = Kept.model_validate_json(self._store.read(name))
        except (ObjectMissing, ValidationError):
            return None
        asked_by_us = (kept.job_id, kept.run) == (self._job_id, self._run)
        settled = kept.fence in self._settled or key in self._counted
        for_this = kept.item in (0, item)
        with self._lock:
            own = asked_by_us and not settled and for_this and key not in self._asked
            if for_this:
                self._asked.add(key)
            if own:
                self.counted.append(key)
        return Before(kept.answer, kept.usage if own else Usage(cached=1))

    def wasted(self, key: str, item: int) -> Usage:
        """Return what is to be counted yet of answers to this that could not be used."""
        spent = Usage()
        for name in self._unusable(key):
            if name not in self._asked and (before := self.find(name, item)) is not None:
                spent = spent.plus(before.usage)
        return spent

    def keep_unusable(
        self, key: str, answer: str, usage: Usage, *, item: int, counted: bool
    ) -> None:
        """Keep an answer for its cost alone: the question is put again."""
        turn = len(self._unusable(key))
        self.keep(f"{key}-{self._run}-{turn}", answer, usage, item=item, counted=counted)

    def keep(self, key: str, answer: str, usage: Usage, *, item: int, counted: bool) -> None:
        """Keep an answer; the first one stays. `counted`: this attempt tells what it has cost."""
        name, fence = self._folder + key, self._fence if counted else 0
        kept = Kept(
            answer=answer,
            usage=usage,
            job_id=self._job_id,
            run=self._run,
            item=item,
            fence=fence,
        )
        self._asked.add(key)
        with contextlib.suppress(ObjectExists):
            self._store.create(name, kept.model_dump_json().encode(), "application/json")
        with self._lock:
            self._known.add(name)

    def _unusable(self, key: str) -> list[str]:
        names = (f"{key}-{self._run}-{turn}" for turn in count())
        return list(takewhile(lambda name: self._folder + name in self._known, names))


def key_of(model: str, prompt: Prompt, schema: dict[str, object]) -> str:
    """Return the same for the same question to the same model, and for no other one."""
    question = [model, prompt.name, prompt.messages(), schema]
    text = json.dumps(question, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
