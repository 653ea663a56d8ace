"""Who is asking."""

from flask import request

from shared.errors import BadRequest

USER_HEADER = "x-sluice-user"
DEFAULT_USER = "local"
_MAX_LENGTH = 200


def current_user() -> str:
    """Return the caller's name, which owns what they start.

    With AUTH_MODE=none, for one machine only, callers say it themselves in USER_HEADER.
    """
    user = request.headers.get(USER_HEADER, DEFAULT_USER).strip()
    if not user or len(user) > _MAX_LENGTH or not user.isprintable():
        raise BadRequest(
            f"The header {USER_HEADER} must hold a name of 1 to {_MAX_LENGTH} printable characters."
        )
    return user
