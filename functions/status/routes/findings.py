"""What is doubtful in a record, as JSON and as a workbook with notes."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated
from uuid import UUID

from flask import Blueprint, Response
from pydantic import Field

from functions.status.clean_data import CleanData, read_clean
from functions.status.models.underway import Underway
from shared.clean.annotated_xlsx import annotated_xlsx
from shared.clean.export import MEDIA_TYPES
from shared.clean.findings import FIRST_CELLS, Findings, Rule, read_findings
from shared.http.attachment import attachment
from shared.http.typed import typed
from shared.model import Model

blueprint = Blueprint("findings", __name__, url_prefix="/api/v1/sheets/tasks/<uuid:record_id>")


class FindingsQuery(Model):
    """Which findings; repeat `rules` and `columns` for more than one."""

    rules: list[Rule] | None = None
    columns: list[str] | None = None
    cells: Annotated[int, Field(ge=0, le=FIRST_CELLS)] = FIRST_CELLS
    """Of each finding; its count is of all."""


@blueprint.get("/findings")
@typed(problems=(404, 409), later=Underway)
def findings(record_id: UUID, query: FindingsQuery) -> Findings | Underway:
    """Return what is doubtful: by column and rule, how many cells and the first of them."""

    def wanted(clean: CleanData) -> Findings:
        return _chosen(read_findings(clean.store, clean.manifest.findings_key), query)

    return read_clean(record_id, wanted)


@blueprint.get("/findings/workbook")
@typed(problems=(404, 409, 422), media=(MEDIA_TYPES["xlsx"],), later=Underway)
def annotated(record_id: UUID) -> Response | Underway:
    """Download the data with doubtful cells coloured and noted, and a list of the findings."""

    def workbook(clean: CleanData) -> Response:
        clean.check()
        found = read_findings(clean.store, clean.manifest.findings_key)
        chunks = annotated_xlsx(clean.store, clean.manifest, found)
        name = f"{PurePath(clean.sheet.file_name).stem} findings.xlsx"
        headers = {"Content-Disposition": attachment(name)}
        return Response(chunks, content_type=MEDIA_TYPES["xlsx"], headers=headers)

    return read_clean(record_id, workbook)


def _chosen(found: Findings, query: FindingsQuery) -> Findings:
    chosen = [
        each.model_copy(update={"cells": each.cells[: query.cells]})
        for each in found.findings
        if (query.rules is None or each.rule in query.rules)
        and (query.columns is None or each.column in query.columns)
    ]
    return found.model_copy(
        update={"count": sum(each.count for each in chosen), "findings": chosen}
    )
