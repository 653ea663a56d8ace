"""What the tests ask of the functions."""

from __future__ import annotations

import time

import httpx
import psycopg

from local.functions import FunctionProcess

CSV = b"a,b\n1,2\n"
_PATIENCE_SECONDS = 20.0
_LEAST_TURNS, _MOST_TURNS = 10, 100


def upload(function: FunctionProcess) -> int:
    """Send a small file; return the job's id."""
    answer = httpx.post(
        f"{function.url}/api/v1/sheets/tasks", files={"file": ("a.csv", CSV)}, timeout=30
    )
    assert answer.status_code == 202, answer.text
    return int(answer.json()["data"]["jobId"])


def upload_ms(function: FunctionProcess) -> float:
    """Send a small file; return how long it took."""
    began = time.perf_counter()
    upload(function)
    return (time.perf_counter() - began) * 1000


def extra_ms(nudging: FunctionProcess, silent: FunctionProcess, *, allowed: float) -> float:
    """Return what a nudge adds to an upload, taken in turns after one to warm up.

    The best of each are compared: they alone are free of what else the machine does. If that is
    much, it takes more turns until the best show it.
    """
    upload(nudging)
    upload(silent)
    with_nudge = without = float("inf")
    for turn in range(_MOST_TURNS):
        with_nudge = min(with_nudge, upload_ms(nudging))
        without = min(without, upload_ms(silent))
        if turn >= _LEAST_TURNS and with_nudge - without <= allowed:
            break
    return with_nudge - without


def wait_for_end(conn: psycopg.Connection, job_id: int) -> tuple[str, float]:
    """Return how the job ended, and how many seconds it had waited before it started."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        row = conn.execute(
            "select outcome, extract(epoch from started_at - created_at)::float8"
            " from queue.ended where id = %s",
            [job_id],
        ).fetchone()
        if row is not None:
            return str(row[0]), float(row[1])
        time.sleep(0.01)
    raise AssertionError(f"Job {job_id} has not ended.")
