"""The state of the queues as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from psycopg import Connection

from shared.queue.drains import live
from shared.queue.overview import MAX_COUNT, Load, loads
from shared.queue.pace import pace_of
from shared.queue.policy import policies

_UP_TO = f"Counting stops at {MAX_COUNT:,}."

_OF_A_LOAD: dict[str, tuple[str, Callable[[Load], float]]] = {
    "waiting_jobs": (f"Jobs that could be claimed now. {_UP_TO}", lambda load: load.waiting),
    "delayed_jobs": (f"Jobs that are to come later. {_UP_TO}", lambda load: load.delayed),
    "retrying_jobs": ("Delayed jobs that have failed before.", lambda load: load.retrying),
    "running_jobs": ("Jobs under a lease.", lambda load: load.running),
    "oldest_waiting_seconds": (
        "How long the oldest waiting job has been due; 0 when none waits.",
        lambda load: 0.0 if load.oldest is None else load.oldest.total_seconds(),
    ),
    "dead_letter_jobs": (f"Jobs that were given up. {_UP_TO}", lambda load: load.dead_letters),
    "completed_last_minute": (
        "Jobs completed in the last minute.",
        lambda load: load.completed_last_minute,
    ),
    "completed_last_hour": (
        "Jobs completed in the last hour.",
        lambda load: load.completed_last_hour,
    ),
}


def exposition(conn: Connection) -> bytes:
    """Return all metrics in Prometheus' text format.

    They are read from the database when they are asked for, so that they are right whichever of
    any number of instances is asked; asking costs the same however deep the queues are.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Queues(conn))
    return generate_latest(registry)


class _Queues(Collector):
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def collect(self) -> Iterator[Metric]:
        known = policies(self._conn)
        found = loads(self._conn, [policy.queue for policy in known])
        for name, (text, value) in _OF_A_LOAD.items():
            yield _per_queue(name, text, {load.queue: value(load) for load in found.values()})
        paused = {policy.queue: float(policy.paused) for policy in known}
        yield _per_queue("paused", "1 while no job of the queue may start.", paused)
        yield self._durations(paused)
        yield GaugeMetricFamily(
            "sluice_live_drains", "Workers that are draining now.", live(self._conn)
        )

    def _durations(self, queues: dict[str, float]) -> Metric:
        durations = GaugeMetricFamily(
            "sluice_queue_job_seconds",
            "How long the last completed jobs took, over all their attempts.",
            labels=["queue", "quantile"],
        )
        for queue in queues:
            if pace := pace_of(self._conn, queue):
                durations.add_metric([queue, "0.5"], pace.seconds_p50)
                durations.add_metric([queue, "0.95"], pace.seconds_p95)
        return durations


def _per_queue(name: str, text: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(f"sluice_queue_{name}", text, labels=["queue"])
    for queue, value in values.items():
        family.add_metric([queue], value)
    return family
