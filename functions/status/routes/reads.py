"""Reads of what a record holds: pages, figures, all rows."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import Blueprint, Response

from functions.status.clean_data import CleanData, read_clean
from functions.status.immutable import immutable_json
from functions.status.models.pages import DataQuery, PageQuery, ProfileQuery
from functions.status.models.underway import Underway
from shared.clean.correlation import correlate
from shared.clean.page import Page, PageRequest, page_as_json
from shared.clean.profile import Profile, read_profile
from shared.clean.rows import ndjson
from shared.clean.selection import Selection
from shared.http.typed import typed

blueprint = Blueprint("reads", __name__, url_prefix="/api/v1/sheets/tasks/<uuid:record_id>")

_NDJSON = "application/x-ndjson"


@blueprint.get("/preview")
@typed(problems=(404, 409), later=Underway)
def preview(record_id: UUID, query: PageQuery) -> Page | Underway | Response:
    """Return some rows of the clean data, filtered and sorted if asked to."""
    wanted = PageRequest(
        offset=query.offset,
        limit=query.limit,
        columns=query.columns,
        filters=query.filters,
        sort=query.sort,
    )

    def page(clean: CleanData) -> Response:
        return immutable_json(clean.key, partial(page_as_json, clean.store, clean.manifest, wanted))

    return read_clean(record_id, page)


@blueprint.get("/profile")
@typed(problems=(404, 409), later=Underway)
def profile(record_id: UUID, query: ProfileQuery) -> Profile | Underway:
    """Return what each column holds: counts, extremes, quantiles, a histogram, top values."""

    def figures(clean: CleanData) -> Profile:
        found = read_profile(clean.store, clean.manifest.profile_key)
        if not query.correlation:
            return found
        correlation = correlate(clean.store, clean.manifest, found, query.columns)
        return found.model_copy(update={"correlation": correlation})

    return read_clean(record_id, figures)


@blueprint.get("/data")
@typed(problems=(404, 409), media=(_NDJSON,), later=Underway)
def data(record_id: UUID, query: DataQuery) -> Response | Underway:
    """Stream all rows, or those that are asked for, one JSON object a line."""

    def lines(clean: CleanData) -> Response:
        selection = Selection.of(clean.manifest, query.columns, query.filters)
        clean.check()
        return Response(ndjson(clean.store, clean.manifest, selection), content_type=_NDJSON)

    return read_clean(record_id, lines)
