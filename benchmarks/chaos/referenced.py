"""Which objects the database's rows lead to, found by rows and manifests alone."""

from __future__ import annotations

from benchmarks.chaos.stack import Stack
from shared.clean.manifest import read_manifest
from shared.errors import ObjectMissing

_FILES = """
select file_key from records.sheet
union select file_key from records.sheet_version where file_key is not null
union select object_key from records.upload
union select file_key from records.screening
union select texts_key from records.extraction where texts_key is not null
"""
_MANIFESTS = """
select clean_data_key from records.sheet where clean_data_key is not null
union select clean_data_key from records.sheet_version where clean_data_key is not null
"""


def referenced(stack: Stack) -> set[str]:
    """Return their names; of a manifest that is not there, its own alone."""
    found = {str(key) for (key,) in stack.query(_FILES)}
    for (manifest,) in stack.query(_MANIFESTS):
        found.add(str(manifest))
        try:
            found |= set(read_manifest(stack.store, str(manifest)).objects())
        except ObjectMissing:
            continue  # it is missed itself
    return found
