"""All kinds of trouble, by the names that the plan gives them."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager

from benchmarks.chaos.stack import Stack
from benchmarks.chaos.troubles import bucket, database, network
from benchmarks.chaos.troubles.fill_disk import full_disk
from benchmarks.chaos.troubles.freeze import frozen
from benchmarks.chaos.troubles.kill_job import killed_job
from benchmarks.chaos.troubles.kill_master import killed_master
from benchmarks.chaos.troubles.kill_server import killed_server, killed_upload

Block = Callable[[Stack, int, random.Random], AbstractContextManager[int]]

KINDS: dict[str, Block] = {
    "kill a job's process": killed_job,
    "kill a worker's server": killed_server,
    "kill a worker's master": killed_master,
    "freeze a worker": frozen,
    "fill a worker's disk": full_disk,
    "stop PostgreSQL at once": database.stopped_database,
    "end connections to PostgreSQL": database.ended_connections,
    "kill the bucket": bucket.killed_bucket,
    "the bucket refuses": network.refusing,
    "the bucket breaks off": network.breaking_off,
    "the bucket is slow": network.slow,
    "kill the upload function's server": killed_upload,
}
"""Each gives how many it struck."""
