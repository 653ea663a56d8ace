"""What the Terraform files promise: who may call whom, and which numbers agree."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.upload.settings import UploadSettings
from functions.worker.settings import WorkerSettings
from local.routes import function_for
from shared import db
from shared.nudge.settings import NudgeSettings
from shared.roles import ROLES
from shared.settings import Settings

ROOT = Path(__file__).parents[2]
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


def tick(modules):
    return modules["schedule"].resources["google_cloud_scheduler_job"]["this"]


def test_the_scheduler_is_the_only_invoker_of_the_worker(root, modules):
    assert root.modules["worker"]["invokers"] == [
        "serviceAccount:${module.schedule.service_account_email}"
    ]
    identity = modules["schedule"].outputs["service_account_email"]["value"]
    token = tick(modules)["http_target"][0]["oidc_token"][0]
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
    assert root.modules["upload"]["invokers"] == "${local.people}"
    assert root.modules["status"]["invokers"] == "${local.people}"
    assert root.locals["people"].endswith("? [local.iap_agent] : var.invokers}")


def test_a_function_that_signs_in_itself_is_behind_the_load_balancer_alone(root, modules):
    for name in ("upload", "status"):
        assert root.modules[name]["ingress"] == "${local.ingress}"
        assert root.modules[name]["signs_in_itself"] == (
            '${var.auth.mode == "oidc" && local.behind_front}'
        )
    assert "signs_in_itself" not in root.modules["worker"]
    service = modules["function"].only("google_cloud_run_v2_service")
    assert service["invoker_iam_disabled"] == "${var.signs_in_itself}"
    guard = service["lifecycle"][0]["precondition"][0]["condition"]
    assert "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" in guard


def test_the_page_is_all_that_everybody_may_read(root, modules):
    open_to_all = [
        (name, kind, label)
        for name, folder in [("root", root), *modules.items()]
        for kind, labelled in folder.resources.items()
        for label, body in labelled.items()
        if any(text in EVERYBODY for text in strings(body))
    ]
    assert open_to_all == [("front", "google_storage_bucket_iam_member", "page")]
    for body in [*root.modules.values(), root.locals]:
        assert not [text for text in strings(body) if any(name in text for name in EVERYBODY)]
    assert modules["front"].resources["google_storage_bucket_iam_member"]["page"]["bucket"] == (
        "${google_storage_bucket.page.name}"
    )


@pytest.mark.parametrize(
    "choose", [min, max, lambda bounds: None], ids=["least", "most", "default"]
)
def test_budget_ends_before_the_timeout_and_the_timeout_before_the_tick_gives_up(
    root, modules, choose
):
    variable = root.variables["worker_timeout_seconds"]
    bounds = [int(n) for n in re.findall(r"[<>]= (\d+)", variable["validation"][0]["condition"])]
    seconds = {"worker_timeout_seconds": choose(bounds) or variable["default"]}

    env = root.locals["worker_env"]
    assert "CLOUD_RUN_TIMEOUT_SECONDS = tostring(var.worker_timeout_seconds)" in env
    budget = root.number(
        re.search(r"WORKER_BUDGET_SECONDS = tostring\(([^)]*)\)", env)[1], **seconds
    )
    timeout = root.number(root.modules["worker"]["timeout_seconds"], **seconds)
    deadline = root.number(root.modules["schedule"]["attempt_deadline_seconds"], **seconds)

    assert 0 < budget < timeout <= deadline <= 1800
    template = modules["function"].only("google_cloud_run_v2_service")["template"][0]
    assert template["timeout"] == "${var.timeout_seconds}s"
    job = tick(modules)
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
    assert members["role"] == "${google_project_iam_custom_role.objects[each.key].id}"


def test_functions_may_do_with_objects_what_they_do_and_no_more(root):
    given = {
        who: {each.removeprefix("storage.objects.") for each in permissions}
        for who, permissions in root.modules["bucket"]["permissions"].items()
    }
    assert given["upload"] == {"create", "get", "delete"}
    assert given["status"] == {"get", "list", "delete"}
    assert given["status_extractions"] == {"create"}
    assert given["worker"] == given["long"] == {"create", "get", "list", "delete"}
    assert given.keys() == root.modules["bucket"]["users"].keys()


def test_the_bucket_deletes_by_itself_only_what_is_on_its_way_or_replaced(modules):
    rules = modules["bucket"].only("google_storage_bucket")["lifecycle_rule"]
    for rule in rules:
        condition = rule["condition"][0]
        deletes = rule["action"][0]["type"] == "Delete"
        assert (
            not deletes
            or condition.get("matches_prefix") == ["uploads/"]
            or "days_since_noncurrent_time" in condition
        )


def test_a_page_can_put_and_resume(modules):
    cors = modules["bucket"].only("google_storage_bucket")["dynamic"][0]["cors"]
    assert cors["content"][0]["origin"] == "${cors.value}"
    assert cors["content"][0]["method"] == ["PUT"]
    assert "Range" in cors["content"][0]["response_header"]


def test_the_database_has_no_public_address_and_outlives_a_slip(modules):
    instance = modules["database"].only("google_sql_database_instance")
    settings = instance["settings"][0]
    assert instance["deletion_protection"] is True
    assert settings["ip_configuration"][0]["ipv4_enabled"] is False
    assert settings["ip_configuration"][0]["ssl_mode"] == "ENCRYPTED_ONLY"
    assert settings["backup_configuration"][0]["point_in_time_recovery_enabled"] is True


def test_the_instances_cannot_open_more_connections_than_there_are(root):
    conditions = [v["condition"] for v in root.variables["database"]["validation"]]
    (bound,) = [text for text in conditions if "max_instances" in text]
    pool = int(re.search(r"(\d+) \* \(2 \* sum", bound)[1])
    assert pool == db._MAX_CONNECTIONS


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_database_url_comes_from_a_secret_and_is_the_functions_own(root, modules, function):
    call = root.modules[function]
    url = f'module.database.secrets["{function}-database-url"]'
    if function == "worker":
        assert call["secret_env"] == "${local.worker_secret_env}"
        assert f"DATABASE_URL = {url}" in root.locals["worker_secret_env"]
    else:
        assert call["secret_env"] == {"DATABASE_URL": f"${{{url}}}"}
    assert "DATABASE_URL" not in call["env"]
    roles = modules["database"].locals["roles"]
    assert roles[function] == ROLES[function]
    assert Settings(
        database_url=f"postgresql://{ROLES[function]}:x@10.0.0.2:5432/sluice?sslmode=require",
        storage_bucket="bucket",
    ).database


def test_who_migrates_owns_the_tables_and_lets_the_others_in(root):
    job = root.modules["migrate"]
    assert job["command"] == ["python", "-m", "shared.deploy"]
    assert job["secret_env"] == {
        "DATABASE_URL": '${module.database.secrets["owner-database-url"]}',
        **{
            f"{who.upper()}_DATABASE_PASSWORD": (
                f'${{module.database.secrets["{who}-database-password"]}}'
            )
            for who in FUNCTIONS
        },
    }


def test_the_long_lane_is_the_workers_image_with_less_work_than_time(root, modules):
    job = root.modules["long"]
    assert job["image"] == root.modules["worker"]["image"]
    assert job["command"] == ["python", "-m", "functions.worker", "--long"]
    assert root.number("${local.long_work_seconds}") < root.number(job["timeout_seconds"]) <= 86400
    run = modules["schedule"].resources["google_cloud_scheduler_job"]["long"]
    assert run["http_target"][0]["uri"].endswith("/jobs/${var.long_lane}:run")


def test_the_load_balancer_routes_as_the_local_origin_does(modules):
    templates = modules["front"].locals["starts_work"]
    patterns = [re.compile(re.sub(r"\{\w+=\*\}", "[^/]+", text)) for text in templates]
    prefixes = tuple(modules["front"].locals["follows_work"])
    description = json.loads((ROOT / "shared" / "http" / "openapi.json").read_text())
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            starts = method == "post" and any(each.fullmatch(path) for each in patterns)
            assert starts or path.startswith(prefixes), path
            routed = "upload" if starts else "status"
            assert routed == operation["tags"][0] == function_for(method.upper(), path)


def test_the_settings_are_those_that_the_functions_read(root):
    given = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", root.locals["worker_env"]))
    known = {name.upper() for name in WorkerSettings.model_fields}
    assert given == {
        "WORKER_BUDGET_SECONDS",
        "CLOUD_RUN_TIMEOUT_SECONDS",
        "WORKER_LONG_SECONDS",
        "WORKER_JOB_MEMORY_MIB",
    }
    assert given <= known
    common = set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)*) += ", root.locals["env"]))
    assert {"STORAGE_BUCKET", "AUTH_MODE", "AUTH_OWNER_CLAIM", "NUDGE"} <= common
    assert common - {"GOOGLE_CLOUD_PROJECT"} <= known
    assert root.modules["status"]["env"] == "${local.status_env}"
    assert "OPERATORS" in root.locals["status_env"]
    assert root.modules["upload"]["env"] == "${local.upload_env}"
    quotas = set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)*) += ", root.locals["upload_env"]))
    assert quotas == {
        name.upper() for name in UploadSettings.model_fields if name.startswith("quota_")
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_nudges_by_the_tick_and_may_do_so(root, modules, function):
    runners = root.modules["schedule"]["runners"]
    assert runners[function] == f"${{module.{function}.service_account_email}}"
    env = f"local.{function}_env"
    assert root.modules[function]["env"] == f"${{{env}}}"
    assert root.locals[env.removeprefix("local.")].startswith("${merge(local.env,")
    grant = modules["schedule"].resources["google_project_iam_member"]["runner"]
    assert grant["for_each"] == "${var.runners}"
    assert grant["role"] == "roles/cloudscheduler.jobRunner"
    assert grant["member"] == "serviceAccount:${each.value}"


def test_the_nudge_settings_are_right_and_name_the_tick(root, modules):
    env = root.locals["env"]
    (mode,) = re.findall(r'\bNUDGE = "([^"]*)"', env)
    (job,) = re.findall(r'\bNUDGE_SCHEDULER_JOB = "([^"]*)"', env)
    assert root.modules["schedule"]["name"] == "${local.tick}"
    assert tick(modules)["name"] == "${var.name}"
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
    assert template["service_account"] == "${module.identity.email}"
    container = template["containers"][0]
    assert container["startup_probe"][0]["http_get"] == [{"path": "/health/ready"}]
    assert container["liveness_probe"][0]["http_get"] == [{"path": "/health/live"}]


def test_each_module_gets_what_it_declares(root, modules):
    calls = [call for folder in (root, *modules.values()) for call in folder.modules.items()]
    for name, call in calls:
        variables = modules[call["source"].rpartition("/")[2]].variables
        given = call.keys() - {"source", "depends_on", "count"}
        required = {key for key, body in variables.items() if "default" not in body}
        assert given <= variables.keys(), name
        assert required <= given, name


def test_each_reference_to_a_module_names_one_of_its_outputs(root, modules):
    referred = re.findall(
        r"module\.(\w+)(?:\[\*\])?\.(\w+)",
        " ".join(strings([root.modules, root.locals, root.outputs])),
    )
    assert referred
    for name, output in referred:
        source = root.modules[name]["source"].rpartition("/")[2]
        assert output in modules[source].outputs, f"module.{name}.{output}"
