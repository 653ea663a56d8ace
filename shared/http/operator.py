"""What only operators may do."""

from __future__ import annotations

from collections.abc import Container

from shared.errors import Forbidden
from shared.http.identity import current_user


def is_operator(operators: Container[str]) -> bool:
    """Say whether the caller is one of them."""
    return current_user() in operators


def require_operator(operators: Container[str]) -> None:
    """Raise Forbidden unless the caller is one of them."""
    if not is_operator(operators):
        raise Forbidden(
            f"This is for operators, and {current_user()} is none: OPERATORS names them."
        )
