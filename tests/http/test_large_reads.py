"""A million rows: any page is served in bounded memory."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import httpx
import psutil
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from local.system import DATABASE, System
from shared.clean.column import Column
from shared.clean.first_page import write_first_page
from shared.clean.manifest import MANIFEST, Manifest, Part, write_manifest
from shared.clean.profile import Profile, write_profile
from shared.clean.schema import schema_of
from shared.clean.source import Source
from shared.records import sheets
from shared.records.sheets import StoredFile
from shared.storage import open_store
from tests.http.task import data_of

ROWS, PART, WIDTH = 1_000_000, 50_000, 24
MOST_MB = 600
"""Of the status process, which has a gigabyte in the cloud. All columns would be more than that."""


@pytest.fixture(scope="module")
def url(system: System) -> Iterator[str]:
    """A record of ann's, published as a worker would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORAGE_EMULATOR_HOST", system.bucket.env["STORAGE_EMULATOR_HOST"])
        open_store.cache_clear()
        store, record_id = open_store(system.bucket.env["STORAGE_BUCKET"]), uuid4()
        manifest_key = _publish_objects(store, record_id)
        columns = [column.model_dump(mode="json") for column in _columns()]
        source = Source(
            format="csv", sheets=[], sheet="", header_rows=[1], first_data_row=2
        ).model_dump(mode="json")
        with psycopg.connect(system.postgres.ensure_database(DATABASE)) as conn:
            file = StoredFile(key=f"sheets/{record_id}/original", name="m.csv", size=1, sha256=None)
            sheets.create(conn, record_id, "ann", file)
            sheets.publish(
                conn,
                record_id,
                clean_data_key=manifest_key,
                total_rows=ROWS,
                total_cols=WIDTH,
                columns=columns,
                source=source,
            )
        yield f"/api/v1/sheets/tasks/{record_id}"
        open_store.cache_clear()


def _columns() -> list[Column]:
    texts = [Column(name=f"文 {n}", type="text", blanks=0) for n in range(WIDTH - 2)]
    return [
        Column(name="row", type="integer", blanks=0),
        Column(name="mixed", type="integer", blanks=0),
        *texts,
    ]


def _publish_objects(store, record_id: UUID) -> str:
    prefix, parts = f"sheets/{record_id}/1-1_clean", []
    schema, chance = schema_of(_columns()), random.Random(5)
    for start in range(0, ROWS, PART):
        numbers = range(start, start + PART)
        texts = [f"text {chance.getrandbits(64):x}" for _ in range(5_000)] * (PART // 5_000)
        mixed = [n * 7_919 % ROWS for n in numbers]
        table = pa.table([list(numbers), mixed, *[texts] * (WIDTH - 2)], schema=schema)
        out = io.BytesIO()
        pq.write_table(table, out, compression="zstd", row_group_size=10_000)
        parts.append(Part(key=f"{prefix}/{start}.parquet", rows=PART))
        store.create(parts[-1].key, out.getvalue())
        if start == 0:
            write_first_page(store, f"{prefix}/first_page.json", table, width=WIDTH)
    manifest = Manifest(
        columns=_columns(),
        total_rows=ROWS,
        parts=parts,
        first_page_key=f"{prefix}/first_page.json",
        profile_key=f"{prefix}/profile.json",
    )
    write_profile(store, manifest.profile_key, Profile(total_rows=ROWS, columns=[]))
    write_manifest(store, f"{prefix}/{MANIFEST}", manifest)
    return f"{prefix}/{MANIFEST}"


class Peak:
    """The most that a process of the status function has held since it was started."""

    def __init__(self, system: System) -> None:
        root = psutil.Process(system.functions["status"].child.pid)
        self._family = [root, *root.children(recursive=True)]

    def megabytes(self) -> float:
        return max(_high_water(process.pid) for process in self._family)


def _high_water(pid: int) -> float:
    with open(f"/proc/{pid}/status") as lines:  # noqa: PTH123
        line = next(each for each in lines if each.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def test_any_page_of_a_million_rows_is_right_and_cheap(url, client: httpx.Client, system):
    pages = {
        "first": ({}, list(range(3))),
        "middle": ({"offset": 543_210}, [543_210, 543_211, 543_212]),
        "last": ({"offset": ROWS - 3}, [ROWS - 3, ROWS - 2, ROWS - 1]),
        "filter": ({"filter": "mixed:eq:7919"}, [1]),
        "narrow": ({"filter": ["row:ge:700000", "row:lt:700002"]}, [700_000, 700_001]),
        "sorted": ({"sort": "-row"}, [ROWS - 1, ROWS - 2, ROWS - 3]),
        "deep": ({"sort": "-row", "offset": 900_000}, [99_999, 99_998, 99_997]),
    }
    for name, (query, rows) in pages.items():
        found = data_of(client.get(f"{url}/preview", params={"limit": 3, **query}))
        assert [row[0] for row in found["rows"]] == rows, name
        assert len(found["columns"]) == WIDTH
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda n: client.get(f"{url}/preview", params={"sort": "文 1", "offset": n}),
                range(4),
            )
        )
    assert {answer.status_code for answer in answers} == {200}
    assert Peak(system).megabytes() < MOST_MB


def test_all_rows_stream_in_bounded_memory(url, client: httpx.Client, system):
    query = {"columns": ["row", "文 0", "文 1"], "filter": "row:ge:500000"}
    lines = 0
    with client.stream("GET", f"{url}/data", params=query) as answer:
        assert answer.status_code == 200
        for chunk in answer.iter_bytes():
            lines += chunk.count(b"\n")
    assert lines == ROWS // 2
    assert Peak(system).megabytes() < MOST_MB
