"""The handler, driven as the worker drives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from functions.worker.children.messages import Advanced, Checkpointed
from functions.worker.handlers import parse_excel
from functions.worker.job import Job
from local.bucket import Bucket
from shared.clean.options import ParseOptions
from shared.jobs.parse_excel import ParseExcel
from shared.storage import Store, open_store


class Driver:
    """Runs the handler as the worker would, without a process, a queue or a database."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self._folder = folder
        self._fence = 0
        self.messages: list[Advanced | Checkpointed] = []

    def upload(self, content: bytes, name: str = "data.xlsx", **options: object) -> ParseExcel:
        record = uuid4()
        payload = ParseExcel(
            record_id=record,
            source=f"sheets/{record}/original",
            file_name=name,
            prefix=f"sheets/{record}",
            options=ParseOptions.model_validate(options),
        )
        self.store.create(payload.source, content)
        return payload

    def run(
        self,
        payload: ParseExcel,
        checkpoint: object = None,
        stop_requested: Callable[[], bool] = lambda: False,
    ) -> parse_excel.Result:
        """One attempt with a fence and an empty folder of its own."""
        self._fence += 1
        folder = self._folder / str(self._fence)
        folder.mkdir()
        job = Job(
            job_id=1,
            fence=self._fence,
            prefix=payload.prefix,
            checkpoint=checkpoint,
            store=self.store,
            folder=folder,
            send=self.messages.append,
            stop_requested=stop_requested,
            stop_at_once=lambda: False,
        )
        result = parse_excel.run(payload, job)
        return parse_excel.Result.model_validate_json(result.model_dump_json())

    def parse(
        self, content: bytes, name: str = "data.xlsx", **options: object
    ) -> parse_excel.Result:
        return self.run(self.upload(content, name, **options))


@pytest.fixture(scope="module")
def store(bucket: Bucket) -> Iterator[Store]:
    """The bucket, opened as the functions open it, for all tests of a module."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in bucket.env.items():
            patch.setenv(name, value)
        open_store.cache_clear()
        yield open_store(bucket.env["STORAGE_BUCKET"])
        open_store.cache_clear()


@pytest.fixture(scope="module")
def module_driver(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Driver:
    """For clean data that many tests only read."""
    return Driver(store, tmp_path_factory.mktemp("jobs"))


@pytest.fixture
def driver(store: Store, tmp_path: Path) -> Driver:
    return Driver(store, tmp_path)
