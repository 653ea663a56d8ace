"""Pages of clean data as values."""

from __future__ import annotations

from typing import Any

from shared.clean.manifest import Manifest, read_manifest
from shared.clean.page import Page, PageRequest, page_as_json


def page_of(store, manifest: Manifest, **wanted: Any) -> Page:
    """Return the page that a PageRequest of these fields gives, by default a long first one."""
    request = PageRequest(**{"offset": 0, "limit": 1000, **wanted})
    return Page.model_validate_json(page_as_json(store, manifest, request))


def read_page(store, manifest_key: str, **wanted: Any) -> Page:
    """Return the same by the manifest's key."""
    return page_of(store, read_manifest(store, manifest_key), **wanted)
