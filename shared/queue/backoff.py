"""How long a failed job waits before it is tried again."""

from datetime import timedelta
from random import random

from shared.queue.policy import Policy


def backoff(policy: Policy, attempts: int) -> timedelta:
    """Exponential with full jitter: anywhere up to the base, doubled per attempt, or the cap."""
    # 2 ** 30 is past any cap and keeps the product inside timedelta's range.
    ceiling: timedelta = min(policy.backoff_cap, policy.backoff_base * 2 ** min(attempts - 1, 30))
    return ceiling * random()  # noqa: S311 - spreads load, guards nothing
