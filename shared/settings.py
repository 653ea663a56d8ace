"""Settings come from the environment; a wrong one stops the start and says which."""

from __future__ import annotations

import sys
from typing import Literal, TypeVar

from pydantic import Field, PostgresDsn, ValidationError
from pydantic_settings import SettingsConfigDict

from shared.auth.settings import AuthSettings

S = TypeVar("S", bound="Settings")


class Settings(AuthSettings):
    """What every function needs to know."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    database_url: PostgresDsn
    storage_bucket: str = Field(min_length=3)

    # Read where logs and spans are written, which is not only here; a wrong one stops the start.
    log_format: Literal["json", "text"] | None = None
    """JSON in Cloud Logging's fields where K_SERVICE is set, else text."""
    otel_traces_exporter: Literal["otlp", "none"] | None = None
    """OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set, else none."""
    otel_exporter_otlp_protocol: Literal["http/protobuf"] = "http/protobuf"

    @property
    def database(self) -> str:
        """Where Postgres is, as psycopg reads it."""
        return str(self.database_url)


def load(settings: type[S]) -> S:
    """Read the settings, or end the process with one line per fault on stderr."""
    try:
        return settings()
    except ValidationError as error:
        for fault in error.errors():
            name = "_".join(str(part) for part in fault["loc"]).upper()
            reason = fault["msg"].removeprefix("Value error, ")
            print(f"{name or 'Settings'}: {reason}", file=sys.stderr)  # noqa: T201
        sys.exit(78)  # EX_CONFIG
