"""Screenings as upload starts them, without HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from shared.jobs.screen_literature import ScreenLiterature
from shared.jobs.with_allowance import enqueue_with_allowance
from shared.records import screenings
from shared.records.sheets import StoredFile
from shared.screening.criteria import Criteria
from shared.storage import Store

CRITERIA = Criteria(
    population="adults with sleep apnoea",
    intervention="myofunctional therapy",
    exclude=["animal study"],
)
OWNER = "ann"


def ris(size: int, *, start: int = 1) -> bytes:
    """Return so many references; every seventh is about what is looked for."""
    lines = []
    for number in range(start, start + size):
        wanted = number % 7 == 0
        subject = "myofunctional therapy in adults with sleep apnoea" if wanted else "other things"
        lines += [
            "TY  - JOUR",
            f"TI  - Study {number} of {subject}",
            f"AB  - Reference number {number} reports on {subject}. Nothing more is said.",
            "PY  - 2021",
            f"DO  - 10.1000/test.{number}",
            "ER  - ",
            "",
        ]
    return "\n".join(lines).encode()


@dataclass
class Started:
    """A screening and its job."""

    record_id: UUID
    job_id: int

    def query(self, conn: psycopg.Connection, sql: str) -> list[tuple[Any, ...]]:
        """Look at what is written; `%s` is the record's id."""
        return conn.execute(sql, [self.record_id]).fetchall()


def start(
    conn: psycopg.Connection,
    store: Store,
    data: bytes,
    *,
    criteria: Criteria = CRITERIA,
    owner: str = OWNER,
    rule: Any = "both",
) -> Started:
    """Store a file and enqueue its screening."""
    record_id = uuid4()
    key = screenings.original_key(record_id)
    store.create(key, data)
    file = StoredFile(key=key, name="found.ris", size=len(data), sha256=None)
    with conn.transaction():
        screenings.create(conn, record_id, owner, file, criteria=criteria, mapping={}, rule=rule)
        job_id = enqueue_with_allowance(
            conn,
            owner,
            record_id,
            lambda allowance: ScreenLiterature(
                prefix=screenings.prefix_of(record_id),
                record_id=record_id,
                source=key,
                criteria=criteria,
                mapping={},
                tokens=allowance.tokens,
                calls_per_minute=allowance.calls_per_minute,
            ),
            cost=1.0,
        )
    return Started(record_id, job_id)
