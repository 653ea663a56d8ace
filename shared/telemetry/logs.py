"""Logs on stderr: JSON lines in Cloud Logging's fields, or plain lines for a reader."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime

from opentelemetry import trace

from shared.telemetry.fields import current_fields
from shared.telemetry.masking import Mask

_SERVER_LOGGERS = ("gunicorn.error", "gunicorn.access")


def write_logs() -> None:
    """Let all loggers of this process write as LOG_FORMAT says: json or text.

    Without it, JSON where K_SERVICE is set (Cloud Run, Knative). Lines have the fields of
    `log_fields`, JSON also the trace of the current span; neither has secrets.
    """
    mask = Mask(os.environ)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(mask) if _json_is_wanted() else PlainLines(mask))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(True)
    # gunicorn gives its loggers handlers of their own, after it has loaded us and before it forks.
    os.register_at_fork(before=_take_over_the_server)
    _take_over_the_server()


def _json_is_wanted() -> bool:
    default = "json" if os.environ.get("K_SERVICE") else "text"
    return os.environ.get("LOG_FORMAT", default) == "json"


def _take_over_the_server() -> None:
    for name in _SERVER_LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


class JsonLines(logging.Formatter):
    """A JSON object per record, with the names that Cloud Logging and Error Reporting look for."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask
        self._project = os.environ.get("GOOGLE_CLOUD_PROJECT")

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line = {
            "severity": record.levelname,
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "message": self._mask(record.getMessage()),
            "logger": record.name,
            **current_fields(),
            **self._trace(),
        }
        if record.exc_info:
            line["stack_trace"] = self._mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)

    def _trace(self) -> dict[str, object]:
        current = trace.get_current_span().get_span_context()
        if not current.is_valid:
            return {}
        trace_id = trace.format_trace_id(current.trace_id)
        if self._project:
            trace_id = f"projects/{self._project}/traces/{trace_id}"
        return {
            "logging.googleapis.com/trace": trace_id,
            "logging.googleapis.com/spanId": trace.format_span_id(current.span_id),
            "logging.googleapis.com/trace_sampled": current.trace_flags.sampled,
        }


class PlainLines(logging.Formatter):
    """What somebody at a terminal wants to read."""

    def __init__(self, mask: Mask) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """Return the record, and behind its message the fields."""
        return self._mask(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Return the message with its fields."""
        fields = " ".join(f"{name}={value}" for name, value in current_fields().items())
        return super().formatMessage(record) + (f" ({fields})" if fields else "")
