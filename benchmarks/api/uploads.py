"""An upload through HTTP beside the least that has to happen: the bytes stored, a row inserted."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable

import httpx
import psycopg

from benchmarks.api.place import Place
from benchmarks.report import Report
from local.system import DATABASE

_A_BYTES = 3_800_000
"""Of the workbook A: 3,339 rows of 151 columns."""


def measure(report: Report, place: Place, *, uploads: int) -> None:
    """Take turns, so that the machine's mood hits both alike."""
    content = _csv(_A_BYTES)
    headers = place.headers("ben")
    with (
        httpx.Client(timeout=60, trust_env=False, headers=headers) as client,
        httpx.Client(timeout=60, trust_env=False) as bucket,
        psycopg.connect(place.system.postgres.url(DATABASE), autocommit=True) as conn,
    ):
        conn.execute("create table if not exists public.bare (key text, at timestamptz)")
        ours, bare = [], []
        for number in range(uploads + 2):
            taken = (
                _timed(lambda: _through_http(place, client, content)),
                _timed(lambda: _bare(place, bucket, conn, content)),
            )
            if number >= 2:  # noqa: PLR2004 - the first ones warm up
                ours.append(taken[0])
                bare.append(taken[1])
    p50, bare_p50 = statistics.median(ours), statistics.median(bare)
    report.figures |= {
        "upload_vs_bare_p50": p50 / bare_p50,
        "upload_p50_ms": p50 * 1000,
        "bare_p50_ms": bare_p50 * 1000,
    }
    report.table(
        "Upload of 3.8 MB",
        ["", "p50, ms"],
        [["through HTTP", f"{p50 * 1000:.1f}"], ["bare PUT + INSERT", f"{bare_p50 * 1000:.1f}"]],
    )


def _through_http(place: Place, client: httpx.Client, content: bytes) -> None:
    client.post(
        f"{place.urls['upload']}/api/v1/sheets/tasks", files={"file": ("a.csv", content)}
    ).raise_for_status()


def _bare(place: Place, bucket: httpx.Client, conn: psycopg.Connection, content: bytes) -> None:
    env = place.system.bucket.env
    key = f"bare/{secrets.token_hex(8)}"
    bucket.post(
        f"{env['STORAGE_EMULATOR_HOST']}/upload/storage/v1/b/{env['STORAGE_BUCKET']}/o",
        params={"uploadType": "media", "name": key},
        content=content,
    ).raise_for_status()
    conn.execute("insert into public.bare values (%s, now())", [key])


def _timed(what: Callable[[], None]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def _csv(size: int) -> bytes:
    line = ",".join(f"{n}.25" for n in range(40)).encode() + b"\n"
    return b",".join(b"c%d" % n for n in range(40)) + b"\n" + line * (size // len(line))
