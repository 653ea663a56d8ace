"""Which models judge and extract, and how they may be called."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, HttpUrl, NonNegativeFloat, PositiveFloat, PositiveInt, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

VARIABLES = frozenset(
    {
        *("LLM_BASE_URL", "LLM_MODEL_A", "LLM_MODEL_B", "LLM_API_KEY"),
        *("LLM_TIMEOUT_SECONDS", "LLM_IN_FLIGHT", "LLM_PATIENCE_SECONDS", "LLM_MAX_TOKENS"),
        *("LLM_PRICE_IN", "LLM_PRICE_OUT"),
    }
)
"""What a child of a kind that calls models is told; no other child gets to know any of it."""


class LanguageSettings(BaseSettings):
    """Without LLM_BASE_URL and LLM_MODEL_A, the built-in baselines do the work."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    llm_base_url: HttpUrl | None = None
    """Of an endpoint that speaks OpenAI's protocol, with its /v1."""
    llm_model_a: str = ""
    llm_model_b: str = ""
    """Model A twice, where it is empty: then agreement says less."""
    llm_api_key: SecretStr = SecretStr("none")
    llm_timeout_seconds: PositiveFloat = 120
    """Of one call."""
    llm_in_flight: PositiveInt = Field(8, le=64)
    """Calls at once, of one job."""
    llm_patience_seconds: PositiveFloat = 60
    """How long one call is tried again before the job is put back to wait for its next attempt."""
    llm_max_tokens: PositiveInt = 2000
    """Of one answer."""
    llm_price_in: NonNegativeFloat = 0
    """Of a million tokens that go in, in a currency of your own."""
    llm_price_out: NonNegativeFloat = 0

    @property
    def hosted(self) -> bool:
        """Whether models are called; else the built-in baselines work, without a network."""
        return self.llm_base_url is not None and bool(self.llm_model_a)

    @property
    def models(self) -> tuple[str, str]:
        """Names of A and B."""
        return self.llm_model_a, self.llm_model_b or self.llm_model_a


@lru_cache
def settings() -> LanguageSettings:
    """Return the settings of this process; raises pydantic.ValidationError."""
    return LanguageSettings()
