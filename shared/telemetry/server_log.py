"""gunicorn's own log, from its first line on in the form of ours."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from shared.telemetry.logs import write_logs


class ServerLog(Logger):  # type: ignore[misc]
    """Made by gunicorn's master before it says anything."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Let gunicorn set its loggers up, and take their handlers over."""
        super().setup(cfg)
        write_logs()
