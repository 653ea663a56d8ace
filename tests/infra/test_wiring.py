"""What the Terraform files promise: who may call whom, and which numbers agree."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from functions.worker.settings import WorkerSettings
from shared.nudge.settings import NudgeSettings
from shared.settings import Settings

FUNCTIONS = ("upload", "status", "worker")
EVERYBODY = {"allUsers", "allAuthenticatedUsers"}


def strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from strings(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from strings(item)
    elif isinstance(tree, str):
        yield tree


def test_the_scheduler_is_the_only_invoker_of_the_worker(root, modules):
    assert root.modules["worker"]["invokers"] == [
        "serviceAccount:${module.schedule.service_account_email}"
    ]
    identity = modules["schedule"].outputs["service_account_email"]["value"]
    token = modules["schedule"].only("google_cloud_scheduler_job")["http_target"][0]["oidc_token"][
        0
    ]
    assert identity == token["service_account_email"] == "${google_service_account.this.email}"
    assert root.modules["schedule"]["target"] == "${module.worker.uri}"
    assert token["audience"] == "${var.target}"


def test_invokers_are_granted_in_one_place_and_exclusively(root, modules):
    binding = modules["function"].only("google_cloud_run_v2_service_iam_binding")
    assert binding["role"] == "roles/run.invoker"
    assert binding["members"] == "${var.invokers}"
    for folder in (root, *modules.values()):
        granting = [
            kind for kind in folder.resources if kind.startswith("google_cloud_run_v2_service_iam")
        ]
        assert granting in ([], ["google_cloud_run_v2_service_iam_binding"])
    assert "roles/run.invoker" not in {
        body.get("role")
        for folder in (root, *modules.values())
        for body in folder.resources.get("google_project_iam_member", {}).values()
    }


def test_people_reach_upload_and_status_through_one_list(root):
    assert root.modules["upload"]["invokers"] == "${var.invokers}"
    assert root.modules["status"]["invokers"] == "${var.invokers}"


def test_nothing_is_granted_to_everybody(root, modules):
    for folder in (root, *modules.values()):
        granted = [folder.resources, folder.modules, folder.locals]
        granted += [body.get("default") for body in folder.variables.values()]
        assert not [text for text in strings(granted) if any(name in text for name in EVERYBODY)]


@pytest.mark.parametrize(
    "choose", [min, max, lambda bounds: None], ids=["least", "most", "default"]
)
def test_budget_ends_before_the_timeout_and_the_timeout_before_the_tick_gives_up(
    root, modules, choose
):
    variable = root.variables["worker_timeout_seconds"]
    bounds = [int(n) for n in re.findall(r"[<>]= (\d+)", variable["validation"][0]["condition"])]
    seconds = {"worker_timeout_seconds": choose(bounds) or variable["default"]}

    env = root.modules["worker"]["env"]
    budget = root.number(
        re.search(r"WORKER_BUDGET_SECONDS = tostring\(([^)]*)\)", env)[1], **seconds
    )
    timeout = root.number(root.modules["worker"]["timeout_seconds"], **seconds)
    deadline = root.number(root.modules["schedule"]["attempt_deadline_seconds"], **seconds)

    assert 0 < budget < timeout <= deadline <= 1800
    template = modules["function"].only("google_cloud_run_v2_service")["template"][0]
    assert template["timeout"] == "${var.timeout_seconds}s"
    job = modules["schedule"].only("google_cloud_scheduler_job")
    assert job["attempt_deadline"] == "${var.attempt_deadline_seconds}s"


def test_the_worker_takes_one_request_at_a_time_and_no_other_network_reaches_it(root, modules):
    template = modules["function"].only("google_cloud_run_v2_service")["template"][0]
    assert template["max_instance_request_concurrency"] == "${var.concurrency}"
    assert root.modules["worker"]["concurrency"] == 1
    assert root.modules["worker"]["ingress"] == "INGRESS_TRAFFIC_INTERNAL_ONLY"


def test_the_bucket_is_never_public(modules):
    bucket = modules["bucket"].only("google_storage_bucket")
    assert bucket["uniform_bucket_level_access"] is True
    assert bucket["public_access_prevention"] == "enforced"
    members = modules["bucket"].only("google_storage_bucket_iam_member")
    assert members["member"] == "serviceAccount:${each.value}"


def test_a_page_can_put_and_resume(modules):
    cors = modules["bucket"].only("google_storage_bucket")["dynamic"][0]["cors"]
    assert cors["content"][0]["origin"] == "${cors.value}"
    assert cors["content"][0]["method"] == ["PUT"]
    assert "Range" in cors["content"][0]["response_header"]


def test_the_database_lets_only_connectors_in_and_outlives_a_slip(modules):
    instance = modules["database"].only("google_sql_database_instance")
    assert instance["deletion_protection"] is True
    assert instance["settings"][0]["connector_enforcement"] == "REQUIRED"
    assert "authorized_networks" not in instance["settings"][0]["ip_configuration"][0]


def test_the_database_url_is_one_that_the_settings_take_and_leads_to_the_socket(modules):
    parts = modules["database"].only("google_secret_manager_secret_version")["secret_data"]
    url = "".join(re.findall(r'"([^"]*)"', parts))
    url = url.replace("${google_sql_database_instance.this.connection_name}", "p:r:sluice")
    url = re.sub(r"\$\{[^}]*\}", "x", url)

    settings = Settings(database_url=url, storage_bucket="bucket")
    assert conninfo_to_dict(settings.database) == {
        "user": "x",
        "password": "x",
        "dbname": "x",
        "host": "/cloudsql/p:r:sluice",
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_database_url_comes_from_a_secret_only(root, function):
    call = root.modules[function]
    assert call["secret_env"] == {"DATABASE_URL": "${module.database.url_secret_id}"}
    assert "DATABASE_URL" not in call["env"]


def test_the_settings_are_those_that_the_worker_reads(root):
    given = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", root.modules["worker"]["env"]))
    known = {name.upper() for name in WorkerSettings.model_fields}
    assert given == {"WORKER_BUDGET_SECONDS"} <= known
    assert {"STORAGE_BUCKET", "AUTH_MODE", "NUDGE", "NUDGE_SCHEDULER_JOB"} <= known
    assert re.search(r"STORAGE_BUCKET = module\.bucket\.name", root.locals["env"])
    assert re.search(r"AUTH_MODE = var\.auth\.mode", root.locals["env"])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_nudges_by_the_tick_and_may_do_so(root, modules, function):
    runners = root.modules["schedule"]["runners"]
    assert runners[function] == f"${{module.{function}.service_account_email}}"
    assert "local.env" in root.modules[function]["env"]
    grant = modules["schedule"].only("google_project_iam_member")
    assert grant["for_each"] == "${var.runners}"
    assert grant["role"] == "roles/cloudscheduler.jobRunner"
    assert grant["member"] == "serviceAccount:${each.value}"


def test_the_nudge_settings_are_right_and_name_the_tick(root, modules):
    env = root.locals["env"]
    (mode,) = re.findall(r'\bNUDGE = "([^"]*)"', env)
    (job,) = re.findall(r'\bNUDGE_SCHEDULER_JOB = "([^"]*)"', env)
    assert root.modules["schedule"]["name"] == "${local.tick}"
    assert modules["schedule"].only("google_cloud_scheduler_job")["name"] == "${var.name}"
    assert "WORKER_MAX_DRAINS = tostring(var.max_instances.worker)" in env
    assert root.modules["worker"]["max_instances"] == "${var.max_instances.worker}"

    parts = {"var.project": "p", "var.region": "europe-west1", "local.tick": "sluice-tick"}
    job = re.sub(r"\$\{([^}]*)\}", lambda found: parts[found[1]], job)
    settings = NudgeSettings(
        database_url="postgresql://x/x",
        storage_bucket="bucket",
        nudge=mode,
        nudge_scheduler_job=job,
    )
    assert settings.nudge == "scheduler"
    assert settings.nudge_scheduler_job == "projects/p/locations/europe-west1/jobs/sluice-tick"


def test_every_function_has_an_identity_and_probes(modules):
    template = modules["function"].only("google_cloud_run_v2_service")["template"][0]
    assert template["service_account"] == "${google_service_account.this.email}"
    container = template["containers"][0]
    assert container["startup_probe"][0]["http_get"] == [{"path": "/health/ready"}]
    assert container["liveness_probe"][0]["http_get"] == [{"path": "/health/live"}]


def test_each_module_gets_what_it_declares(root, modules):
    for name, call in root.modules.items():
        variables = modules[call["source"].rpartition("/")[2]].variables
        given = call.keys() - {"source", "depends_on"}
        required = {key for key, body in variables.items() if "default" not in body}
        assert given <= variables.keys(), name
        assert required <= given, name


def test_each_reference_to_a_module_names_one_of_its_outputs(root, modules):
    referred = re.findall(
        r"module\.(\w+)\.(\w+)", " ".join(strings([root.modules, root.locals, root.outputs]))
    )
    assert referred
    for name, output in referred:
        source = root.modules[name]["source"].rpartition("/")[2]
        assert output in modules[source].outputs, f"module.{name}.{output}"
