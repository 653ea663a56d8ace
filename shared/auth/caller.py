"""Who calls."""

from __future__ import annotations

from dataclasses import dataclass

MAX_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """A user, and who owns what they start: themselves, or the team that they share it with."""

    user: str
    owner: str


def is_name(name: str) -> bool:
    """Say whether this can name a user or an owner."""
    return 0 < len(name) <= MAX_NAME_LENGTH and name.isprintable() and name == name.strip()
