"""Where the handler `noop` tells that it was called; it lives in the worker's own process."""

from __future__ import annotations

import threading
import time


class Arrived:
    """How many came, and when the last one did."""

    def __init__(self) -> None:
        self.count = 0
        self.latest_at = 0.0
        self.latest = threading.Event()

    def arrive(self) -> None:
        """Count one job."""
        self.count += 1
        self.latest_at = time.perf_counter()
        self.latest.set()


ARRIVED = Arrived()
