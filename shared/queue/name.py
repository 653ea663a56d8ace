"""The rule for queue names."""

import re

from shared.errors import InvalidQueueName

_RULE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def queue_name(name: str) -> str:
    """Return the name if it is one; raises InvalidQueueName, which says the rule."""
    if not _RULE.fullmatch(name):
        raise InvalidQueueName(name)
    return name
