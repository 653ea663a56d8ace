"""The Parquet objects of one job, kept on disk as well while it runs."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import pyarrow as pa
import pyarrow.parquet as pq

from functions.worker.job import Job
from functions.worker.parse.batches import BATCH_ROWS
from shared.clean.manifest import Part

_SAMPLE = 1000
"""Rows by which a column is judged."""

Compression = Literal["lz4", "zstd"]


class Parts:
    """Writes a job's parts and reads them back, from disk where they still are."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._kept: dict[str, pa.Table] = {}
        self._behind: list[Future[Part]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        wait(self._behind)  # no thread outlives the job

    def stage(self, name: str, table: pa.Table) -> Part:
        """Store a table that is read back but once: quickly rather than small."""
        return self._store(name, table, compression="lz4", dictionaries=[])

    def write(self, name: str, table: pa.Table) -> Part:
        """Store a table under `name` and say how many rows it has."""
        return self._store(name, table, compression="zstd", dictionaries=_repetitive(table))

    def write_behind(self, name: str, table: pa.Table) -> Part:
        """Store a table that is read back from memory, while the caller goes on.

        No checkpoint may name it before `settle`.
        """
        part = Part(key=self._key(name), rows=table.num_rows)
        self._kept[part.key] = table
        with_one_thread = ThreadPoolExecutor(1)
        self._behind.append(with_one_thread.submit(self.write, name, table))
        with_one_thread.shutdown(wait=False)
        return part

    def settle(self) -> None:
        """Wait until all is stored; raises what went wrong with it."""
        while self._behind:
            self._behind.pop().result()

    def _store(
        self, name: str, table: pa.Table, *, compression: Compression, dictionaries: list[str]
    ) -> Part:
        key = self._key(name)
        path = self._path(key)
        pq.write_table(
            table,
            path,
            compression=compression,
            use_dictionary=dictionaries,  # type: ignore[arg-type]  # names are taken, too
            row_group_size=BATCH_ROWS,
        )
        self._job.store.create(key, path.read_bytes(), "application/vnd.apache.parquet")
        return Part(key=key, rows=table.num_rows)

    def read(self, part: Part, columns: list[str] | None = None) -> pa.Table:
        """Return a table, or some columns of it, whichever attempt wrote it."""
        if part.key in self._kept:
            table = self._kept[part.key]
            return table if columns is None else table.select(columns)
        path = self._path(part.key)
        if not path.exists():
            with path.open("wb") as file:
                self._job.store.download(part.key, file)
        # Threads of Arrow's own would outlive the job, and this process with them.
        with pq.ParquetFile(path, memory_map=True) as file:
            table = file.read(columns=columns, use_threads=False)
        return table if columns is None else table.select(columns)

    def _key(self, name: str) -> str:
        return self._job.key(f"{name}.parquet")

    def _path(self, key: str) -> Path:
        return self._job.folder / key.replace("/", "~")


def _repetitive(table: pa.Table) -> list[str]:
    """Return the columns in which values come again: for the others a dictionary is wasted work."""
    head = table.slice(0, _SAMPLE)
    return [
        name
        for name, column in zip(head.column_names, head.columns, strict=True)
        if not pa.types.is_nested(column.type) and 2 * len(column.unique()) <= len(column)
    ]
