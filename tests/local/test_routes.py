import pytest

from local.routes import function_for

TASK = "/api/v1/sheets/tasks/5f0c"


@pytest.mark.parametrize(
    ("method", "path", "function"),
    [
        ("POST", "/api/v1/sheets/tasks", "upload"),
        ("POST", "/api/v1/screenings/tasks", "upload"),
        ("POST", "/api/v1/uploads", "upload"),
        ("POST", f"{TASK}/actions", "upload"),
        ("POST", f"{TASK}/undo", "upload"),
        ("POST", f"{TASK}/parse", "upload"),
        ("POST", f"{TASK}/redo", "upload"),
        ("GET", "/api/v1/sheets/tasks", "status"),
        ("GET", f"{TASK}/status", "status"),
        ("DELETE", TASK, "status"),
        ("POST", "/api/v1/jobs/7/cancel", "status"),
        ("GET", "/openapi.json", "status"),
        ("GET", "/health/ready", "status"),
        ("GET", "/metrics", "status"),
        ("POST", "/", None),
        ("GET", "/", None),
        ("GET", "/api/v2/sheets/tasks", None),
        ("POST", "/worker", None),
    ],
)
def test_a_request_reaches_the_function_that_serves_it(method, path, function):
    assert function_for(method, path) == function
