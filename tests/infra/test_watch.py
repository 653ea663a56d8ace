"""What somebody is woken up for: the worker's own line, read as Cloud Logging does."""

import logging
import re

from functions.worker.gauge import Gauge
from functions.worker.settings import WorkerSettings
from tests.quiet import keep_quiet


def patterns(modules) -> dict[str, str]:
    metrics = modules["watch"].resources["google_logging_metric"]["gauges"]["for_each"]
    return {
        name: re.search(r'jsonPayload\.message, \\*"([^"\\]+)', extractor)[1]
        for name, extractor in metrics.items()
    }


def test_the_metrics_find_their_numbers_in_what_the_worker_writes(modules, database_url, caplog):
    keep_quiet(database_url)
    settings = WorkerSettings(database_url=database_url, storage_bucket="bucket")
    with caplog.at_level(logging.INFO, "sluice.worker.gauge"):
        Gauge().report(settings)
    (line,) = caplog.messages

    found = {name: re.search(pattern, line) for name, pattern in patterns(modules).items()}

    assert found.keys() == {"oldest_waiting_seconds", "given_up_in_an_hour"}
    assert {name: match and match[1] for name, match in found.items()} == {
        "oldest_waiting_seconds": "0",
        "given_up_in_an_hour": "0",
    }
    (metric,) = modules["watch"].resources["google_logging_metric"].values()
    assert line.startswith(re.search(r'=~\\?"\^([^"\\]+)', metric["filter"])[1])


def test_silence_is_longer_than_the_longest_drain(root, modules):
    """A worker speaks at the end of a drain."""
    expression = root.modules["watch"]["silence_seconds"]
    margin = int(re.search(r"\+ (\d+)\}$", expression)[1])
    assert "var.worker_timeout_seconds" in expression
    assert margin >= 300
    alert = modules["watch"].resources["google_monitoring_alert_policy"]["silence"]
    absent = alert["conditions"][0]["condition_absent"][0]
    assert absent["duration"] == "${var.silence_seconds}s"
    # One series, or each new revision would leave its predecessor silent.
    assert absent["aggregations"][0]["cross_series_reducer"] == "REDUCE_COUNT"
