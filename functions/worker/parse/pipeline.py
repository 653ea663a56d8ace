"""The whole parse, from the original in the bucket to the manifest of its clean data."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from functions.worker.job import Job
from functions.worker.parse.categories import with_categories
from functions.worker.parse.checkpoint import Checkpoint
from functions.worker.parse.columns import decide_columns
from functions.worker.parse.findings.where import Where
from functions.worker.parse.finishing import type_parts
from functions.worker.parse.looking import look_at
from functions.worker.parse.notes import with_notes
from functions.worker.parse.parts import Parts
from functions.worker.parse.reading import read_sheet
from functions.worker.parse.replay import source_of
from shared.clean.column import Column
from shared.clean.findings import write_findings
from shared.clean.first_page import write_first_page
from shared.clean.manifest import MANIFEST, Manifest, read_manifest, write_manifest
from shared.clean.options import ParseOptions
from shared.clean.profile import write_profile
from shared.clean.source import Source
from shared.jobs.parse_excel import ParseExcel


class Parsed(NamedTuple):
    """What has been found and where it is stored."""

    columns: list[Column]
    source: Source
    total_rows: int
    manifest_key: str
    objects: tuple[str, ...]
    """All that the clean data consists of; what else was written is no longer needed."""


def parse(payload: ParseExcel, job: Job) -> Parsed:
    """Go on from the job's checkpoint to the end; the same bytes come out however often it stops.

    Raises Unrecoverable for a file that can never be read, Yielded when asked to stop.
    """
    with Parts(job) as parts:
        return _parse(payload, job, parts)


def _parse(payload: ParseExcel, job: Job, parts: Parts) -> Parsed:
    state = job.resume(Checkpoint)
    whole = None
    if not state.all_read:
        state, whole = read_sheet(_fetch(payload, job), job, parts, state, payload.options)
    assert state.plan is not None  # noqa: S101 - reading made it
    plan = state.plan
    columns, targets = decide_columns(
        plan.labels, state.tallies, state.rows, payload.options, delimiter=plan.source.delimiter
    )
    columns = with_notes(columns, [target.position for target in targets], state.notes)
    manifest_key = state.manifest_key
    if manifest_key is None:
        state = type_parts(job, parts, state, columns=columns, targets=targets, whole=whole)
        manifest_key = _publish(job, parts, state, columns, payload.options)
    manifest = read_manifest(job.store, manifest_key)
    source = source_of(state, manifest.columns, payload.options)
    objects = (manifest_key, *manifest.objects())
    return Parsed(manifest.columns, source, state.rows, manifest_key, objects)


def _fetch(payload: ParseExcel, job: Job) -> Path:
    path = job.folder / "original"
    with path.open("wb") as file:
        job.store.download(payload.source, file)
    return path


def _publish(
    job: Job, parts: Parts, state: Checkpoint, columns: list[Column], options: ParseOptions
) -> str:
    """Write what is derived from the parts, and last the manifest, which names them all."""
    assert state.plan is not None  # noqa: S101
    where = Where(state.plan.source.sheet, state.breaks)
    (profile, findings), state = look_at(job, parts, state, columns, where, key=options.key)
    columns, profile = with_categories(columns, profile)
    manifest = Manifest(
        columns=columns,
        total_rows=state.rows,
        parts=state.parts,
        first_page_key=job.key("first_page.json"),
        profile_key=job.key("profile.json"),
        findings_key=job.key("findings.json"),
    )
    write_first_page(
        job.store, manifest.first_page_key, parts.read(state.parts[0]), width=len(columns)
    )
    write_profile(job.store, manifest.profile_key, profile)
    write_findings(job.store, job.key("findings.json"), findings)
    parts.settle()
    key = job.key(MANIFEST)
    write_manifest(job.store, key, manifest)
    state = state.model_copy(update={"manifest_key": key})
    job.checkpoint(state, done=state.done)
    return key
