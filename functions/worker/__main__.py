"""The long lane: work, without a drain's budget, on the jobs that no drain is long enough for.

python -m functions.worker --long
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter

from functions.worker.attempts.attempt import attempt
from functions.worker.attempts.ending import Outcome
from functions.worker.children.nursery import nursery
from functions.worker.deadline import PROCESS, Deadline
from functions.worker.registry import is_sql, queues, version
from functions.worker.settings import WorkerSettings, settings
from shared.db import transaction
from shared.queue.long_lane import claim_long
from shared.telemetry.exporter import export_spans, send_spans
from shared.telemetry.logs import write_logs

_SEND_SECONDS = 5.0


def main() -> None:
    """Work until the long lane is empty; SIGTERM hands the job back."""
    parser = argparse.ArgumentParser(prog="python -m functions.worker", description=__doc__)
    parser.add_argument("--long", action="store_true", required=True, help="work on the long lane")
    parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: PROCESS.request())
    told = settings()
    write_logs()
    export_spans("worker")
    outcomes = work_off(told, Deadline(told.worker_long_seconds))
    send_spans(within=_SEND_SECONDS)
    sys.stdout.write(f"{dict(outcomes)}\n")


def work_off(settings: WorkerSettings, deadline: Deadline) -> Counter[Outcome]:
    """Work on one job after the other; return how many ended how."""
    outcomes: Counter[Outcome] = Counter()
    with nursery(settings):
        for queue in queues():
            while not is_sql(queue) and deadline.left():
                with transaction(settings.database) as conn:
                    jobs = claim_long(conn, queue, version=version(queue))
                if not jobs:
                    break
                outcomes[attempt(settings, jobs[0], deadline=deadline)] += 1
    return outcomes


if __name__ == "__main__":
    main()
