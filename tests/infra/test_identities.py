"""Who each function is in the cloud: which secrets it reads, and whether it may sign links."""

import re

from functions.worker.language.settings import VARIABLES, LanguageSettings
from shared.records.extractions import prefix_of


def test_a_function_and_a_job_get_their_identity_from_the_same_module(modules):
    for kind in ("function", "job"):
        identity = modules[kind].modules["identity"]
        assert identity["source"] == "../identity"
        assert identity["secrets"] == "${var.secret_env}"
        assert modules[kind].outputs["service_account_email"]["value"] == (
            "${module.identity.email}"
        )


def test_an_identity_reads_its_own_secrets_and_waits_until_it_may(modules):
    grant = modules["identity"].only("google_secret_manager_secret_iam_member")
    assert grant["for_each"] == "${var.secrets}"
    assert grant["role"] == "roles/secretmanager.secretAccessor"
    assert grant["member"] == "${google_service_account.this.member}"
    assert modules["identity"].outputs["email"]["depends_on"] == [
        "${google_secret_manager_secret_iam_member.reader}"
    ]


def test_status_signs_links_in_its_own_name_and_does_nothing_else_in_it(root, modules):
    signs = {name for name, call in root.modules.items() if call.get("signs_links")}
    assert signs == {"status"}
    assert modules["function"].modules["identity"]["signs_links"] == "${var.signs_links}"

    role = modules["identity"].only("google_project_iam_custom_role")
    assert role["permissions"] == ["iam.serviceAccounts.signBlob"]
    grant = modules["identity"].only("google_service_account_iam_member")
    assert grant["service_account_id"] == "${google_service_account.this.name}"
    assert grant["member"] == "${google_service_account.this.member}"
    assert grant["role"] == "${google_project_iam_custom_role.signs[0].id}"
    services = root.resources["google_project_service"]["needed"]["for_each"]
    assert "iamcredentials.googleapis.com" in services


def test_status_creates_objects_of_extractions_alone(root, modules):
    bucket = root.modules["bucket"]
    assert bucket["only_under"] == {"status_extractions": prefix_of("")}
    assert bucket["users"]["status_extractions"] == bucket["users"]["status"]
    member = modules["bucket"].only("google_storage_bucket_iam_member")
    condition = member["dynamic"][0]["condition"]
    assert condition["for_each"].startswith("${contains(keys(var.only_under), each.key) ?")
    assert "/objects/${condition.value}" in condition["content"][0]["expression"]


def test_the_models_are_known_to_the_worker_and_the_long_lane_alone(root):
    given = set(re.findall(r"\bLLM_[A-Z_]+", root.locals["language_env"]))
    secret = set(re.findall(r"\bLLM_[A-Z_]+", root.locals["language_secret_env"]))
    assert secret == {"LLM_API_KEY"}
    assert given | secret == VARIABLES
    assert {name.lower() for name in VARIABLES} == set(LanguageSettings.model_fields)
    for name in ("worker", "long"):
        assert root.modules[name]["env"] == "${local.worker_env}"
        assert root.modules[name]["secret_env"] == "${local.worker_secret_env}"
    users = [name for name, value in root.locals.items() if "local.language_" in str(value)]
    assert sorted(users) == ["worker_env", "worker_secret_env"]
