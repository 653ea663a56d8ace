"""Answers about records."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.http.record import Record
from shared.model import Model


class RecordList(Model):
    """Records, newest first; `next_cursor` is null on the last page."""

    records: list[Record]
    next_cursor: str | None


class Deleted(Model):
    """The record is gone, with its objects and its jobs."""

    record_id: UUID
    deleted: Literal[True] = True
