"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil

_CPU_INFO = Path("/proc/cpuinfo")


def machine() -> str:
    """Return one line: processor, cores, memory, system."""
    gib = psutil.virtual_memory().total / 2**30
    return f"{_processor()}, {os.cpu_count()} cores, {gib:.0f} GiB, {platform.system()} " + (
        platform.machine()
    )


def _processor() -> str:
    if _CPU_INFO.exists():
        for line in _CPU_INFO.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
