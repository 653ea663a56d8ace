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
    etaSeconds: float | None
    queuePosition: int | str | None
    error: str | None
    record: Record


class Message(TypedDict):
    """A sentence in each language."""

    en: str
    zh: str


class FoundCell(TypedDict):
    """A doubtful cell; `cell` is its address in the file."""

    index: int
    row: int | None
    cell: str | None
    value: Cell
    suggestion: Cell


class Finding(TypedDict):
    """What one rule says of one column."""

    rule: str
    column: str
    count: int
    cells: list[FoundCell]
    message: Message
    suggestion: Message


class Findings(TypedDict):
    """What is doubtful in a record; `count` is of cells."""

    count: int
    findings: list[Finding]
    looked: bool


class Preview(TypedDict):
    """A page of rows."""

    columns: list[Column]
    rows: list[list[Cell]]
    offset: int
    totalRows: int


class Job(TypedDict):
    """A job in a list; times as ISO 8601."""

    jobId: int
    queue: str
    tenant: str
    recordId: str | None
    state: str
    attempt: int
    maxAttempts: int
    error: str | None
    createdAt: str
    startedAt: str | None
    endedAt: str | None


class Failure(TypedDict):
    """A failed attempt at a job; `trace` is None for who is no operator."""

    attempt: int
    message: str
    trace: str | None
    startedAt: str | None
    endedAt: str | None


class JobDetail(Job):
    """All about a job."""

    batchId: int | None
    priority: int
    cost: float
    workedSeconds: float
    phase: str | None
    done: int | None
    total: int | None
    etaSeconds: float | None
    waitingBecause: str | None
    failures: list[Failure]


class Jobs(TypedDict):
    """A page of jobs, which may be short; `nextCursor` is None on the last one."""

    jobs: list[Job]
    nextCursor: str | None


class Changed(TypedDict):
    """What a change of many jobs has come to so far."""

    changed: int
    skipped: int
    nextCursor: str | None


class Pace(TypedDict):
    """How long a queue's last jobs took."""

    secondsP50: float
    secondsP95: float
    secondsPerCost: float


class Queue(TypedDict):
    """A queue's policy, None being no limit, and its load."""

    queue: str
    paused: bool
    leaseSeconds: float
    maxAttempts: int
    backoffBaseSeconds: float
    backoffCapSeconds: float
    maxRunning: int | None
    maxRunningPerTenant: int | None
    rate: int | None
    ratePeriodSeconds: float
    keepSeconds: float
    waiting: int
    delayed: int
    running: int
    oldestWaitingSeconds: float | None
    deadLetters: int
    completedLastMinute: int
    completedLastHour: int
    pace: Pace | None


class Schedule(TypedDict):
    """A cron line and the queue that it enqueues to."""

    name: str
    cron: str
    timeZone: str
    queue: str
    tenant: str
    paused: bool
    nextAt: str


class Batch(TypedDict):
    """Jobs that belong together."""

    batchId: int
    total: int
    pending: int
    failed: int
    progress: int
    endedAt: str | None
