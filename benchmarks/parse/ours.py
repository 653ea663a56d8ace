"""Ours: from a workbook's bytes to typed clean Parquet, profile, first page and manifest.

Run as a program with a workbook's path; everything is imported before, as in the worker, whose
children are forked with it. Objects are written into a folder instead of a bucket.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import IO
from uuid import uuid4

from benchmarks.parse.memory import peak_mb
from functions.worker.handlers import parse_excel
from functions.worker.job import Job
from shared.jobs.parse_excel import ParseExcel
from shared.storage import Store


class Folder(Store):
    """A folder with the methods of a bucket that a parse uses."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def create(self, key: str, data: bytes, content_type: str = "") -> None:  # noqa: ARG002
        """Write an object."""
        self._file(key).write_bytes(data)

    def read(self, key: str) -> bytes:
        """Return an object."""
        return self._file(key).read_bytes()

    def download(self, key: str, to: IO[bytes]) -> None:
        """Copy an object."""
        to.write(self._file(key).read_bytes())

    def _file(self, key: str) -> Path:
        return self._path / key.replace("/", "~")


def _main(path: Path) -> None:
    for name in parse_excel.PRELOAD:
        __import__(name)
    gc.collect()
    gc.freeze()  # as the server does from which children are forked
    with tempfile.TemporaryDirectory() as objects, tempfile.TemporaryDirectory() as folder:
        store = Folder(Path(objects))
        store.create("original", path.read_bytes())
        payload = ParseExcel(
            record_id=uuid4(), source="original", file_name=path.name, prefix="sheets/x"
        )
        job = Job(
            job_id=1,
            fence=1,
            prefix=payload.prefix,
            checkpoint=None,
            store=store,
            folder=Path(folder),
            send=lambda _: None,
            stop_requested=lambda: False,
        )
        start, cpu = time.perf_counter(), time.process_time()
        result = parse_excel.run(payload, job)
        found = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    print(json.dumps({**found, "peak_mb": peak_mb(), "rows": result.total_rows}))  # noqa: T201


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
