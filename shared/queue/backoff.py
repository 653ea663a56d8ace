"""How long a failed job waits before it is tried again."""

from datetime import timedelta
from random import random

BASE = timedelta(seconds=2)
CAP = timedelta(minutes=10)


def backoff(attempts: int) -> timedelta:
    """Exponential with full jitter: anywhere up to BASE doubled per spent attempt, at most CAP."""
    # 2 ** 30 is past any cap and keeps the product inside timedelta's range.
    ceiling: timedelta = min(CAP, BASE * 2 ** min(attempts - 1, 30))
    return ceiling * random()  # noqa: S311 - spreads load, guards nothing
