"""The walk over the bucket, in the order of names. No database: it finds, and others judge."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from pydantic import ValidationError

from functions.worker.language.answers import FOLDER
from functions.worker.orphans.found import Found
from shared.clean.manifest import MANIFEST, read_manifest
from shared.errors import ObjectMissing
from shared.storage import Store, StoredObject

_LOG = logging.getLogger("sluice.worker")

BRANCHES = ("extractions", "screenings", "sheets", "uploads")
"""What is looked through, in the order of names; the rest of the bucket is somebody else's."""
_READS_AT_ONCE = 8
_OBJECTS_AT_ONCE = 1000


class Stretch(NamedTuple):
    """A piece of the way: whole records, and together about _OBJECTS_AT_ONCE objects."""

    last: str
    """Key of the last object, old or not; begin behind it to go on."""
    objects: int
    found: list[Found]


def walk(store: Store, *, after: str, created_before: datetime) -> Iterator[Stretch]:
    """Look through all branches from behind the key `after` on."""
    look = partial(_look, store, created_before)
    with ThreadPoolExecutor(_READS_AT_ONCE) as pool:
        for branch in BRANCHES:
            for groups in _stretches(store.walk(f"{branch}/", after=after)):
                found = [each for each in pool.map(look, groups) if each is not None]
                yield Stretch(groups[-1][-1].key, sum(map(len, groups)), found)


def _stretches(objects: Iterable[StoredObject]) -> Iterator[list[list[StoredObject]]]:
    groups: list[list[StoredObject]] = []
    for _, group in groupby(objects, key=lambda stored: _root(stored.key)):
        groups.append(list(group))
        if sum(map(len, groups)) >= _OBJECTS_AT_ONCE:
            yield groups
            groups = []
    if groups:
        yield groups


def _root(key: str) -> str:
    return "/".join(key.split("/", 2)[:2])


def _look(store: Store, created_before: datetime, group: list[StoredObject]) -> Found | None:
    branch, name = _root(group[0].key).split("/")
    old = tuple(stored.key for stored in group if stored.created_at < created_before)
    if not old or not _is_id(name):
        return None
    manifests = [stored.key for stored in group if stored.key.endswith(f"/{MANIFEST}")]
    return Found(
        branch=branch,
        id=UUID(name),
        keys=_with_answers_as_one(_root(old[0]), old),
        manifests={key: named for key in manifests if (named := _named_by(store, key))},
    )


def _with_answers_as_one(root: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Name the folder of models' answers instead of each: there may be a hundred thousand.

    They are kept or deleted together, and jobs alone write them: no row is still to come.
    """
    folder = f"{root}/{FOLDER}/"
    return tuple(dict.fromkeys(folder if key.startswith(folder) else key for key in keys))


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def _named_by(store: Store, manifest: str) -> tuple[str, ...] | None:
    """Return what a manifest names; None, so that nothing is deleted, when it cannot be read."""
    try:
        return tuple(read_manifest(store, manifest).objects())
    except ObjectMissing:
        return None
    except ValidationError:
        _LOG.warning("The manifest %s cannot be read: what it names is kept", manifest)
        return None
