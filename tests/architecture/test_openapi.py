"""The description of the API is valid, and it is the one that the code gives."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openapi_spec_validator import validate

ROOT = Path(__file__).parents[2]
VIEWS = ("status", "preview", "profile", "data", "export")
KEPT = ROOT / "shared" / "http" / "openapi.json"


@pytest.fixture(scope="module")
def described() -> dict[str, object]:
    modules = ["functions.upload.routes", "functions.status.app"]
    command = [sys.executable, "-m", "shared.http.openapi", *modules]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return dict(json.loads(made.stdout))


def test_it_is_valid_openapi_3_1(described):
    assert described["openapi"].startswith("3.1")
    validate(described)


def test_the_kept_one_is_up_to_date(described):
    assert json.loads(KEPT.read_text()) == described, "run `make openapi`"


def test_every_route_of_the_contract_is_there(described):
    tasks, record = "/api/v1/sheets/tasks", "/api/v1/sheets/tasks/{record_id}"
    expected = {
        tasks: {"get", "post"},
        "/api/v1/uploads": {"post"},
        record: {"get", "delete"},
        **{
            f"{record}/{what}": {"get"}
            for what in ("status", "preview", "profile", "data", "export")
        },
        **{f"{record}/{what}": {"post"} for what in ("actions", "undo", "redo", "parse")},
        **{f"{record}/{what}": {"get"} for what in ("history", "recipe")},
        **{f"{record}/{what}": {"get"} for what in ("findings", "findings/workbook")},
        f"{record}/exports/{{job_id}}": {"get"},
        f"{record}/exports/{{job_id}}/file": {"get"},
        "/api/v1/jobs": {"get"},
        "/api/v1/jobs/cancel": {"post"},
        "/api/v1/jobs/retry": {"post"},
        "/api/v1/jobs/{job_id}": {"get"},
        "/api/v1/jobs/{job_id}/cancel": {"post"},
        "/api/v1/jobs/{job_id}/retry": {"post"},
        "/api/v1/queues": {"get"},
        "/api/v1/queues/{name}": {"get", "patch"},
        "/api/v1/queues/{name}/pause": {"post"},
        "/api/v1/queues/{name}/resume": {"post"},
        "/api/v1/schedules": {"get"},
        "/api/v1/schedules/{name}/pause": {"post"},
        "/api/v1/schedules/{name}/resume": {"post"},
        "/api/v1/batches/{batch_id}": {"get"},
        "/api/v1/batches/{batch_id}/cancel": {"post"},
        "/metrics": {"get"},
        **_language_tasks(
            "screenings",
            get=("references", "summary", "prisma.svg", "error-sample", "export"),
            post=("decisions", "decisions/undo", "again"),
        ),
        **_language_tasks(
            "extractions",
            get=("texts", "summary", "export"),
            post=("resolutions", "resolutions/undo", "columns", "again"),
        ),
    }

    assert {path: set(methods) for path, methods in described["paths"].items()} == expected


def _language_tasks(
    module: str, *, get: tuple[str, ...], post: tuple[str, ...]
) -> dict[str, set[str]]:
    record = f"/api/v1/{module}/tasks/{{record_id}}"
    return {
        f"/api/v1/{module}/tasks": {"get", "post"},
        record: {"get", "delete"},
        **{f"{record}/{what}": {"get"} for what in ("status", *get)},
        **{f"{record}/{what}": {"post"} for what in post},
    }


def test_every_operation_says_what_it_does_and_how_it_fails(described):
    operations = [operation for path in described["paths"].values() for operation in path.values()]

    assert all(operation["summary"].endswith(".") for operation in operations)
    assert all({"400", "500", "503"} <= set(operation["responses"]) for operation in operations)
    identifiers = [operation["operationId"] for operation in operations]
    assert len(set(identifiers)) == len(identifiers)
