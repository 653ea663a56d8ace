"""A hosted model that is asked for JSON of a given form, by OpenAI's protocol."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

import openai
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError

from functions.worker.language.answers import Answers, key_of
from functions.worker.language.errors import NoAnswer
from functions.worker.language.pace import Pace
from functions.worker.language.prompt import Prompt
from functions.worker.language.settings import LanguageSettings
from functions.worker.language.usage import Meter, Usage
from shared.errors import RetryAfter, Unrecoverable

A = TypeVar("A", bound=BaseModel)

_TRIES = 3
"""So often a model is asked that does not answer in the form that was asked for."""
_LONGEST_PAUSE = 20.0
_PUT_BACK_SECONDS = 30.0
_CHARACTERS_PER_TOKEN = 1.5
"""At the least: of Chinese text, and for reserving tokens only."""
_BUSY = 429


class Answered(BaseModel, Generic[A]):
    """The answer, and what it has cost."""

    answer: A
    usage: Usage


class Model:
    """One of the two models; safe for threads."""

    def __init__(
        self, name: str, settings: LanguageSettings, answers: Answers, pace: Pace, meter: Meter
    ) -> None:
        self.name = name
        self._settings = settings
        self._answers = answers
        self._pace = pace
        self._meter = meter
        self._client = openai.OpenAI(
            base_url=str(settings.llm_base_url),
            api_key=settings.llm_api_key.get_secret_value(),
            timeout=settings.llm_timeout_seconds,
            max_retries=0,  # ours can be interrupted, and are counted
        )

    def ask(
        self, prompt: Prompt, form: type[A], check: Callable[[A], None], *, item: int
    ) -> Answered[A]:
        """Return the model's answer, or the one that it gave to the same question before.

        `item` is the number of what is asked about: with its answers the cost is written.

        `check` raises ValueError for an answer that has the form and still cannot be. Raises
        NoAnswer for a model that does not give one, BudgetSpent, Interrupted; RetryAfter where the
        endpoint is down or does not let us in.
        """
        schema = form.model_json_schema()
        key = key_of(self.name, prompt, schema)
        spent = self._counted(self._answers.wasted(key, item))
        if (before := self._answers.find(key, item)) is not None:
            self._counted(before.usage)
            answer = _valid(before.answer, form, check)
            if answer is not None:
                return Answered[A](answer=answer, usage=spent.plus(before.usage))
        for _ in range(_TRIES):
            text, usage = self._call(prompt, form.__name__, schema)
            counted = self._meter.add(usage)
            spent = spent.plus(usage)
            answer = _valid(text, form, check)
            if answer is not None:
                self._answers.keep(key, text, usage, item=item, counted=counted)
                return Answered[A](answer=answer, usage=spent)
            self._answers.keep_unusable(key, text, usage, item=item, counted=counted)
        raise NoAnswer(f"{self.name} has given no answer that can be used, {_TRIES} times.", spent)

    def _counted(self, usage: Usage) -> Usage:
        """Count what an earlier attempt has paid for and could not tell of."""
        self._pace.settle(0, usage.tokens)
        self._meter.add(usage)
        return usage

    def _call(self, prompt: Prompt, name: str, schema: dict[str, Any]) -> tuple[str, Usage]:
        """Ask once; while the endpoint is busy or down, for as long as patience lasts."""
        messages = prompt.messages()
        size = sum(len(message["content"]) for message in messages)
        need = int(size / _CHARACTERS_PER_TOKEN) + self._settings.llm_max_tokens
        until = time.monotonic() + self._settings.llm_patience_seconds
        pause = 1.0
        while True:
            self._pace.reserve(need)
            used = 0
            try:
                self._pace.wait()
                completion = self._complete(messages, name, schema)
                usage = self._usage(completion)
                used = usage.tokens
                return _text(completion), usage
            except openai.OpenAIError as error:
                asked = _pause(error)
                # A server's own word counts, within reason; else twice as long each time.
                seconds = asked if asked is not None else random.uniform(pause / 2, pause)  # noqa: S311
                self._pace.hold(min(seconds, _LONGEST_PAUSE) if _is_busy(error) else 0.0)
                if time.monotonic() + seconds > until:
                    raise RetryAfter(
                        max(seconds, _PUT_BACK_SECONDS),
                        f"The models' endpoint does not answer as it should: {_sentence(error)}",
                    ) from error
                pause = min(2 * pause, _LONGEST_PAUSE)
            finally:
                self._pace.settle(need, used)
            self._pace.rest(seconds)

    def _complete(
        self, messages: list[dict[str, str]], name: str, schema: dict[str, Any]
    ) -> ChatCompletion:
        form = {"name": name, "schema": schema, "strict": True}
        return self._client.chat.completions.create(
            model=self.name,
            messages=cast("Any", messages),
            response_format=cast("Any", {"type": "json_schema", "json_schema": form}),
            temperature=0,
            max_completion_tokens=self._settings.llm_max_tokens,
        )

    def _usage(self, completion: ChatCompletion) -> Usage:
        used = completion.usage
        if used is None:
            return Usage(calls=1)
        details = used.prompt_tokens_details
        million = 1e6
        return Usage(
            calls=1,
            tokens_in=used.prompt_tokens,
            tokens_in_cached=(details.cached_tokens or 0) if details else 0,
            tokens_out=used.completion_tokens,
            cost=used.prompt_tokens / million * self._settings.llm_price_in
            + used.completion_tokens / million * self._settings.llm_price_out,
        )


def _text(completion: ChatCompletion) -> str:
    choices = completion.choices or []
    return (choices[0].message.content or "") if choices else ""


def _valid(text: str, form: type[A], check: Callable[[A], None]) -> A | None:
    try:
        answer = form.model_validate_json(text)
        check(answer)
    except (ValidationError, ValueError):
        return None
    return answer


def _pause(error: openai.OpenAIError) -> float | None:
    """Return the seconds that the server asks for; raises Unrecoverable where nothing will help."""
    if not isinstance(error, openai.APIStatusError):
        return None
    if error.status_code in (401, 403):
        raise Unrecoverable("The models' endpoint does not accept LLM_API_KEY.") from error
    if error.status_code != _BUSY and error.status_code < 500:  # noqa: PLR2004
        raise Unrecoverable(
            f"The models' endpoint refuses the question (HTTP {error.status_code})."
        ) from error
    return _seconds(error.response.headers.get("retry-after"))


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None  # A date: rare, and the backoff will do.


def _is_busy(error: openai.OpenAIError) -> bool:
    return isinstance(error, openai.APIStatusError) and error.status_code == _BUSY


def _sentence(error: openai.OpenAIError) -> str:
    if isinstance(error, openai.APIStatusError):
        return f"HTTP {error.status_code}."
    return "it timed out." if isinstance(error, openai.APITimeoutError) else "it is not reached."
