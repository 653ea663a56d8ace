"""The manifests for Knative, checked without a cluster."""

import copy
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from functions.worker.settings import WorkerSettings

KNATIVE = Path(__file__).parents[2] / "infra" / "knative"
FILES = sorted(KNATIVE.rglob("*.yaml"))
OWN = ("kustomize.config.k8s.io", "serving.knative.dev", "sources.knative.dev")
DOCUMENTS = [
    (path, document) for path in FILES for document in yaml.safe_load_all(path.read_text())
]
SERVICES = {d["metadata"]["name"]: d for _, d in DOCUMENTS if "serving.knative" in d["apiVersion"]}


def named(path: Path, document: dict[str, Any]) -> str:
    return f"{path.name} {document['kind']}"


@pytest.mark.parametrize(
    ("path", "document"),
    [(p, d) for p, d in DOCUMENTS if not d["apiVersion"].startswith(OWN)],
    ids=[named(p, d) for p, d in DOCUMENTS if not d["apiVersion"].startswith(OWN)],
)
def test_what_kubernetes_knows_is_valid(path, document):
    kubernetes_validate.validate(document, "1.30", strict=True)


@pytest.mark.parametrize("name", ["upload", "status", "worker"])
def test_a_service_is_a_valid_pod_with_limits_of_its_own(name):
    template = SERVICES[name]["spec"]["template"]
    spec = dict(template["spec"])
    assert spec.pop("containerConcurrency") > 0
    assert 0 < spec.pop("timeoutSeconds") <= 600
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}
    kubernetes_validate.validate(pod, "1.30", strict=True)
    assert set(template["metadata"]["annotations"]) == {
        "autoscaling.knative.dev/min-scale",
        "autoscaling.knative.dev/max-scale",
    }


def containers(tree: Any):
    if isinstance(tree, dict):
        yield from tree.get("containers", [])
        for value in tree.values():
            yield from containers(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from containers(item)


def test_every_container_is_confined():
    found = [each for _, document in DOCUMENTS for each in containers(document)]
    assert len(found) == 6
    for container in found:
        confined = container["securityContext"]
        assert confined["readOnlyRootFilesystem"] is True
        assert confined["runAsNonRoot"] is True
        assert confined["allowPrivilegeEscalation"] is False
        assert confined["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]


def environment(name: str) -> dict[str, Any]:
    (container,) = SERVICES[name]["spec"]["template"]["spec"]["containers"]
    return {each["name"]: each.get("value", each.get("valueFrom")) for each in container["env"]}


def test_the_drain_ends_before_its_request():
    env = environment("worker")
    timeout = SERVICES["worker"]["spec"]["template"]["spec"]["timeoutSeconds"]
    assert int(env["WORKER_BUDGET_SECONDS"]) < timeout == int(env["CLOUD_RUN_TIMEOUT_SECONDS"])


def test_the_worker_is_for_callers_it_knows_inside_the_cluster_alone(monkeypatch, settings):
    assert SERVICES["worker"]["metadata"]["labels"] == {
        "networking.knative.dev/visibility": "cluster-local"
    }
    known = settings("worker")
    assert known.worker_callers == {
        f"system:serviceaccount:sluice:{who}" for who in ("tick", "upload", "status", "worker")
    }
    assert known.worker_audience == "sluice-worker"


def patched(document: dict[str, Any], operations: list[dict[str, Any]]) -> dict[str, Any]:
    """Apply a JSON patch of tests and replacements, as kustomize does."""
    made = copy.deepcopy(document)
    for operation in operations:
        *way, last = operation["path"].strip("/").split("/")
        at: Any = made
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at[step]
        if operation["op"] == "test":
            assert at[last] == operation["value"], operation
        else:
            assert operation["op"] == "replace"
            assert last in at
            at[last] = operation["value"]
    return made


def test_with_ping_source_its_own_identity_ticks_and_the_cron_jobs_no_more(monkeypatch, settings):
    path = KNATIVE / "components" / "ping-source" / "kustomization.yaml"
    _, patch = yaml.safe_load(path.read_text())["patches"]
    worker = patched(SERVICES["worker"], yaml.safe_load(patch["patch"]))
    (source,) = [d for _, d in DOCUMENTS if d["kind"] == "PingSource"]
    monkeypatch.setitem(SERVICES, "worker", worker)

    # As Eventing names it: <source>-oidc-<group>-<kind>, in lower case.
    kind = f"{source['apiVersion'].partition('/')[0]}-{source['kind']}".lower()
    ticks = f"{source['metadata']['name']}-oidc-{kind}"
    known = settings("worker")
    assert known.worker_callers == {
        f"system:serviceaccount:sluice:{who}" for who in (ticks, "upload", "status", "worker")
    }
    assert source["spec"]["sink"]["audience"] == known.worker_audience


@pytest.mark.parametrize("kind", ["Service", "CronJob"])
def test_the_models_are_known_to_the_worker_alone_and_need_not_be_there(kind):
    told = {
        container["name"]
        for _, document in DOCUMENTS
        if document["kind"] == kind
        for container in containers(document)
        if any(each["name"] == "LLM_API_KEY" for each in container.get("env", []))
        and {"configMapRef": {"name": "language", "optional": True}} in container["envFrom"]
    }
    assert told == ({"worker"} if kind == "Service" else {"long"})
    secret = environment("worker")["LLM_API_KEY"]["secretKeyRef"]
    assert secret == {"name": "language-key", "key": "key", "optional": True}


@pytest.fixture
def settings(monkeypatch):
    (common,) = [d["data"] for _, d in DOCUMENTS if d["kind"] == "ConfigMap"]

    def loaded(name: str) -> WorkerSettings:
        plain = {k: v for k, v in environment(name).items() if isinstance(v, str)}
        values = {**common, **plain, "DATABASE_URL": "postgresql://host/db"}
        values.pop("WORKER_TOKEN_FILE")
        for key, value in {**values, "K_SERVICE": name}.items():
            monkeypatch.setenv(key, value)
        return WorkerSettings()

    return loaded


@pytest.mark.parametrize("name", ["upload", "status", "worker"])
def test_the_settings_are_right_and_each_function_has_its_own_role(name, settings):
    assert settings(name).auth_mode == "oidc"
    assert environment(name)["DATABASE_URL"]["secretKeyRef"]["name"] == f"database-url-{name}"


def test_what_a_kustomization_names_is_there():
    for path, document in DOCUMENTS:
        if document["kind"] in ("Kustomization", "Component"):
            for resource in document["resources"]:
                assert (path.parent / resource).exists(), resource
