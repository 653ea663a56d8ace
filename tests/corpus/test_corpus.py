"""Any folder of workbooks: SLUICE_CORPUS=folder pytest tests/corpus -s."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from shared.jobs.parse_excel import ParseExcel
from shared.queue.enqueue import enqueue
from shared.records import sheets
from shared.storage import Store
from tests.corpus.comparing import Compared, compare_all
from tests.corpus.files import COMPARED
from tests.worker.jobs import known, sentences
from tests.worker.process import WorkerProcess

AT_ONCE = 40
OWNER = "ann"
NO_ANSWERS = ("failed unexpectedly", "died", "was lost", "took more than")
"""What a job's error says when Sluice has not understood what was wrong."""

pytestmark = [pytest.mark.timeout(24 * 3600), pytest.mark.xdist_group("corpus")]


def test_each_file_is_ready_or_told_what_is_wrong(
    files: list[Path], worker: WorkerProcess, database: str, store: Store, capsys
):
    ready, told, unanswered = Counter[str](), Counter[str](), list[str]()
    with psycopg.connect(database, autocommit=True) as conn:
        for some in _chunks(files, AT_ONCE):
            jobs = {path: _put(conn, store, path) for path in some}
            _drain_all(worker, conn)
            for path, (record, job) in jobs.items():
                kind = path.suffix.lower()
                sheet = sheets.find(conn, record, OWNER)
                errors = sentences(known(conn, job))
                if sheet is not None and sheet.clean_data_key is not None:
                    ready[kind] += 1
                elif not errors or any(sign in errors[-1] for sign in NO_ANSWERS):
                    unanswered.append(f"{path}: {errors[-1] if errors else 'no answer'}")
                else:
                    told[f"{kind}: {_short(errors[-1])}"] += 1
    with capsys.disabled():
        _print("ready", ready)
        _print("told what is wrong", told)
        for line in unanswered:
            print(f"  without a clear answer: {line}")

    assert sum(ready.values()) + sum(told.values()) == len(files) - len(unanswered)
    assert unanswered == []


def test_cells_agree_with_the_reference_readers(files: list[Path], tmp_path: Path, capsys):
    """Only reports: what differs is listed with file, cell and reason."""
    paths = [path for path in files if path.suffix.lower() in COMPARED]

    compared = compare_all(paths)

    report = Path(os.environ.get("SLUICE_CORPUS_REPORT", tmp_path / "agreement.tsv"))
    report.write_text("\n".join(_lines(compared)) + "\n", encoding="utf-8")
    with capsys.disabled():
        _summarise(compared)
        print(f"  in full: {report}")
    assert len(compared) == len(paths)


def _put(conn: psycopg.Connection, store: Store, path: Path) -> tuple[UUID, int]:
    record = uuid4()
    payload = ParseExcel(
        record_id=record,
        source=f"sheets/{record}/original",
        file_name=path.name[-200:],
        prefix=f"sheets/{record}",
    )
    with path.open("rb") as file, store.writer(payload.source) as target:
        shutil.copyfileobj(file, target)
    file_ = sheets.StoredFile(
        key=payload.source, name=path.name[-200:], size=path.stat().st_size, sha256=None
    )
    with conn.transaction():
        sheets.create(conn, record, OWNER, file_)
        return record, enqueue(conn, payload, tenant=OWNER, subject=str(record))


def _drain_all(worker: WorkerProcess, conn: psycopg.Connection) -> None:
    """Drain until nothing is left: every call is answered, whatever the files did."""
    while True:
        worker.drain()
        row = conn.execute("select count(*) from queue.job").fetchone()
        if row is not None and row[0] == 0:
            return


def _chunks(files: Sequence[Path], size: int) -> Iterator[Sequence[Path]]:
    return (files[start : start + size] for start in range(0, len(files), size))


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:90]}…"


def _print(title: str, counts: Counter[str]) -> None:
    print(f"\n{title}: {sum(counts.values()):,}")
    for what, count in counts.most_common():
        print(f"  {count:6,}  {what}")


def _summarise(compared: list[Compared]) -> None:
    alike = [one for one in compared if not one.trouble and not one.differing]
    differing = [one for one in compared if one.differing]
    troubled = [one for one in compared if one.trouble]
    cells = sum(one.cells for one in compared)
    print(f"\n{len(compared):,} files compared, {cells:,} cells")
    print(f"  {len(alike):6,}  agree in every cell that no known fault of the reference explains")
    print(f"  {len(differing):6,}  differ")
    for one in differing:
        count = len(one.differing) + one.more
        print(f"          {one.path}: {count:,}, first {' '.join(one.differing[0])}")
    print(f"  {len(troubled):6,}  could not be compared")
    explained = Counter[str]()
    for one in compared:
        explained.update(one.explained)
    for reason, count in explained.most_common():
        print(f"  {count:6,}  cells: {reason}")


def _lines(compared: list[Compared]) -> Iterator[str]:
    for one in compared:
        if one.trouble:
            yield f"{one.path}\t\t{one.trouble}"
        for place, reason in one.differing:
            yield f"{one.path}\t{place}\t{reason}"
        if one.more:
            yield f"{one.path}\t\tand {one.more} more"
