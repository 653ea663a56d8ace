"""What the API answers, as far as the commands look into it; names and units are the API's."""

from __future__ import annotations

from typing import Literal, TypedDict

Cell = str | int | float | bool | None


class Accepted(TypedDict):
    """A task has been started."""

    recordId: str
    jobId: int
    status: Literal["processing"]
    statusUrl: str


class Promised(TypedDict):
    """Where to send a large file, and how many bytes at a time."""

    uploadId: str
    uploadUrl: str
    chunkSize: int


class Column(TypedDict):
    """A column of clean data; the counts are cells."""

    name: str
    type: str
    blanks: int
    errors: int
    odd: int
    fromText: int


class Record(TypedDict):
    """A file and, once it is parsed, what it holds; None until then."""

    fileName: str
    totalRows: int | None
    totalCols: int | None
    columns: list[Column] | None


class Status(TypedDict):
    """How far a task is."""

    recordId: str
    jobId: int | None
    status: Literal["processing", "ready", "error", "cancelled"]
    progress: int
    phase: str | None
    rowsDone: int | None
    rowsTotal: int | None
    etaSeconds: float | None
    queuePosition: int | str | None
    error: str | None
    record: Record


class Preview(TypedDict):
    """A page of rows."""

    columns: list[Column]
    rows: list[list[Cell]]
    offset: int
    totalRows: int


class Job(TypedDict):
    """A job of the user's; times as ISO 8601."""

    jobId: int
    queue: str
    recordId: str | None
    state: str
    attempt: int
    maxAttempts: int
    error: str | None
    createdAt: str


class Jobs(TypedDict):
    """A page of jobs; `nextCursor` is None on the last one."""

    jobs: list[Job]
    nextCursor: str | None
