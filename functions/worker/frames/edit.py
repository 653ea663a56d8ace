"""The whole edit: load a version, apply the actions one after the other, publish the result."""

from __future__ import annotations

from functions.worker.frames.apply import apply
from functions.worker.frames.frame import Frame
from functions.worker.frames.load import load
from functions.worker.frames.publish import Published, publish
from functions.worker.job import Job
from shared.edits.known import placed, recipe_of
from shared.errors import ObjectMissing, Unprocessable, Unrecoverable
from shared.jobs.edit_sheet import EditSheet


def edit(payload: EditSheet, job: Job) -> Published:
    """Return what the record's next version is; all or nothing.

    Raises Unrecoverable, with a sentence for the user, for an action that cannot be done.
    """
    recipe = recipe_of(payload.actions)
    frame = _load(job, payload.clean_data_key, "The record's clean data has gone.")
    others = {
        record_id: _load(job, key, "The clean data of the record to join has gone.")
        for record_id, key in payload.joined.items()
    }
    try:
        for number, action in enumerate(recipe, start=1):
            job.progress(action.action.replace("_", " "), number - 1, len(recipe))
            with placed(action, number, len(recipe)):
                frame = apply(action, frame, others)
    except Unprocessable as refused:
        raise Unrecoverable(str(refused)) from refused
    return publish(frame, job)


def _load(job: Job, manifest_key: str, sentence: str) -> Frame:
    try:
        return load(job.store, manifest_key)
    except ObjectMissing as missing:
        raise Unrecoverable(f"{sentence} Read it once, and try again.") from missing
