"""What is one user's is nobody else's, on every route that the description names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from local.functions import FunctionProcess
from tests.auth.issuer import serving
from tests.http.task import Task

DESCRIPTION: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "shared" / "http" / "openapi.json").read_text()
)
OPERATIONS = [
    (method.upper(), path, operation)
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
]
IDS = [f"{method} {path}" for method, path, _ in OPERATIONS]
OF_ONE_THING = [o for o in OPERATIONS if "record_id" in o[1] or "job_id" in o[1]]
FOR_OPERATORS = ("/api/v1/queues", "/api/v1/schedules", "/metrics")


def test_the_description_names_the_routes_that_matter():
    assert len(OPERATIONS) > 25
    assert len(OF_ONE_THING) > 10


def filled(path: str, task: Task) -> str:
    for name, value in {
        "record_id": task.accepted["recordId"],
        "job_id": task.accepted["jobId"],
        "batch_id": 1,
        "name": "parse_excel",
    }.items():
        path = path.replace(f"{{{name}}}", str(value))
    return path


def asked(method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """What the operation takes, right enough to get as far as whose it is."""
    required = [p for p in operation["parameters"] if p["in"] == "query" and p.get("required")]
    query = {p["name"]: "xlsx" if p["name"] == "format" else "x" for p in required}
    body: dict[str, Any] | None = None
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        body = {"action": "rename", "names": {"species": "kind"}, "expectedVersion": 1}
    return {"params": query, **({"json": body} if body and method != "GET" else {})}


@pytest.mark.parametrize(
    ("method", "path", "operation"), OF_ONE_THING, ids=[f"{m} {p}" for m, p, _ in OF_ONE_THING]
)
def test_a_stranger_is_told_that_there_is_no_such_thing(
    ready: Task, stranger: httpx.Client, method, path, operation
):
    answer = stranger.request(method, filled(path, ready), **asked(method, operation))

    # A body may be found wrong before it is asked whose the thing is; that tells nothing either.
    assert answer.status_code in (404, 422), answer.text
    for hers in ("企鹅", "penguins", "Adelie"):
        assert hers not in answer.text


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_no_route_shows_a_stranger_anything_of_hers(
    ready: Task, stranger: httpx.Client, method, path, operation
):
    answer = stranger.request(method, filled(path, ready), **asked(method, operation))

    assert answer.status_code < 500, answer.text
    if path.startswith(FOR_OPERATORS):
        assert answer.status_code in (403, 422)
    assert "企鹅" not in answer.text
    if method == "GET" and "{" not in path:
        assert str(ready.accepted["recordId"]) not in answer.text


def test_after_all_that_her_record_is_untouched(ready: Task):
    assert ready.wait()["status"] == "ready"
    assert ready.data("/preview")["totalRows"] > 0


@pytest.fixture(scope="module")
def signed_in(system, tmp_path_factory):
    """Upload and status, once more, for callers who sign in."""
    with serving() as issuer:
        processes = {
            name: FunctionProcess(
                name,
                env={
                    **{
                        key: value
                        for key, value in system.functions[name].child.env.items()
                        if key not in ("HOST", "PORT")
                    },
                    **issuer.env(AUTH_OWNER_CLAIM="team"),
                },
                log=tmp_path_factory.mktemp("signed_in") / f"{name}.log",
            )
            for name in ("upload", "status")
        }
        for process in processes.values():
            process.start()
        try:
            for process in processes.values():
                process.wait_ready(check=process.check)
            yield issuer, processes
        finally:
            for process in processes.values():
                process.stop()


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_nobody_gets_in_without_signing_in(signed_in, ready: Task, method, path, operation):
    issuer, processes = signed_in
    url = processes[operation["tags"][0]].url + filled(path, ready)
    wrong = issuer.bearer(team="blue", aud="another")
    for headers in ({}, wrong, {"x-sluice-user": "ann"}, {"Authorization": "Bearer x.y.z"}):
        answer = httpx.request(method, url, headers=headers, **asked(method, operation))
        assert answer.status_code == 401, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_team_shares_its_records_and_no_other_sees_them(signed_in):
    issuer, processes = signed_in
    upload, status = (processes[name].url for name in ("upload", "status"))
    ann, ben = (issuer.bearer(sub=name, team="blue") for name in ("ann", "ben"))
    eve = issuer.bearer(sub="eve", team="red")

    sent = httpx.post(
        f"{upload}/api/v1/sheets/tasks", files={"file": ("a.csv", b"a,b\n1,2\n")}, headers=ann
    )
    assert sent.status_code == 202, sent.text
    record = f"{status}/api/v1/sheets/tasks/{sent.json()['data']['recordId']}"

    assert httpx.get(record, headers=ben).status_code == 200
    assert httpx.get(record, headers=eve).status_code == 404
    assert httpx.get(record, headers=ann).headers["cache-control"] == "private, no-cache"


def test_no_log_has_a_token_or_a_password(signed_in):
    issuer, processes = signed_in
    token = issuer.bearer(team="blue", aud="another")
    for process in processes.values():
        httpx.get(f"{process.url}/api/v1/sheets/tasks", headers=token)
        written = process.child.log.read_text()
        assert token["Authorization"].removeprefix("Bearer ") not in written
        password = process.child.env["DATABASE_URL"].split(":")[2].partition("@")[0]
        assert len(password) > 20
        assert password not in written
