"""Reads of a record's clean data; where there is none, a job is to make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from functions.status.models.underway import Underway
from functions.status.parse_again import parse_again
from functions.status.settings import settings
from shared.clean.manifest import Manifest, read_manifest
from shared.db import transaction
from shared.errors import ObjectMissing
from shared.http.identity import current_owner
from shared.records import sheets
from shared.records.sheets import Sheet, prefix_of
from shared.storage import Store, open_store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CleanData:
    """A record's clean data, as it is when a request comes."""

    store: Store
    sheet: Sheet
    key: str
    """Of the manifest: names this version of the data and no other."""
    manifest: Manifest

    def check(self) -> None:
        """Raise ObjectMissing when a part has gone: a stream cannot say so any more."""
        there = set(self.store.keys(f"{prefix_of(self.sheet.id)}/"))
        for key in self.manifest.objects():
            if key not in there:
                raise ObjectMissing(f"The object {key!r} is not in the bucket.")


def read_clean(record_id: UUID, read: Callable[[CleanData], T]) -> T | Underway:
    """Return what `read` makes of a record's clean data or, if there is none, the job that will.

    Raises NotFound, and Conflict with the job's error when that job has failed.
    """
    while True:
        with transaction(settings().database) as conn:
            sheet = sheets.require(conn, record_id, current_owner())
        if sheet.clean_data_key is not None:
            try:
                return read(_opened(sheet, sheet.clean_data_key))
            except ObjectMissing:
                pass
        underway = parse_again(sheet)
        if underway is not None:
            return underway


def _opened(sheet: Sheet, key: str) -> CleanData:
    store = open_store(settings().storage_bucket)
    return CleanData(store, sheet, key, _manifest(store, key))


@lru_cache(maxsize=64)
def _manifest(store: Store, key: str) -> Manifest:
    """Return what a manifest says; objects never change, so once is enough."""
    return read_manifest(store, key)
