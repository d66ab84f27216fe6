"""One language model behind an OpenAI-compatible server, asked for one JSON answer at a time."""

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

import httpx2
import openai
from openai.types.chat import ChatCompletionMessageParam
from openai.types.chat.completion_create_params import ResponseFormat
from pydantic import ValidationError

from agent.errors import PlannerError
from prompts import templates
from prompts.errors import PromptError
from tools.language import replies
from tools.language.schemas import Schema

TIMEOUT_S = 30.0  # the client's own default lets a read last 600 s
RETRIES = 2  # a completion that is asked for twice costs tokens and changes nothing

_FORM_REFUSED = (400, 422)  # the server does not know this way of asking for JSON

Answer = TypeVar("Answer")


class LanguageModel:
    """A model that answers in JSON.

    It is asked with a schema; where the server refuses that, with the schema in words. The answer is always validated,
    since some servers ignore the schema, and the model has one chance to mend a bad one.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        model: str,
        transport: httpx2.AsyncBaseTransport | None = None,
        timeout_s: float = TIMEOUT_S,
        retries: int = RETRIES,
    ) -> None:
        """``transport`` takes the place of the network, such as ``httpx2.ASGITransport(app)`` for a stand-in."""
        http = httpx2.AsyncClient(transport=transport, trust_env=False) if transport else None
        self._client = openai.AsyncOpenAI(
            base_url=base_url, api_key=api_key, timeout=timeout_s, max_retries=retries, http_client=http
        )
        self._model = model

    @property
    def name(self) -> str:
        """The model's name; stays with every answer."""
        return self._model

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.close()

    async def ask(
        self,
        messages: Sequence[ChatCompletionMessageParam],
        *,
        schema: Schema,
        parse: Callable[[str], Answer],
        temperature: float | None = None,
    ) -> Answer:
        """A validated answer. ``parse`` raises `ValidationError` or `PromptError` for one that cannot be used.

        Raises:
            PlannerError: The model is unreachable, refused, was cut off, or gave an invalid answer twice.
        """
        first = await self._say(messages, schema=schema, temperature=temperature)
        try:
            return parse(first)
        except (ValidationError, PromptError) as error:
            mend = templates.fill("repair", problems=_problems(error))
        again: list[ChatCompletionMessageParam] = [
            {"role": "assistant", "content": first},
            {"role": "user", "content": mend},
        ]
        second = await self._say([*messages, *again], schema=schema, temperature=temperature)
        try:
            return parse(second)
        except (ValidationError, PromptError) as error:
            raise PlannerError(kind="invalid", message=f"twice, at last: {_problems(error)}") from error

    async def _say(
        self, messages: Sequence[ChatCompletionMessageParam], *, schema: Schema, temperature: float | None
    ) -> str:
        strict: ResponseFormat = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": schema},
        }
        try:
            return await self._complete(messages, form=strict, temperature=temperature)
        except openai.APIStatusError as error:
            if error.status_code not in _FORM_REFUSED:
                raise replies.failure(error) from error
        except openai.OpenAIError as error:
            raise replies.failure(error) from error
        return await self._say_loosely(messages, schema=schema)

    async def _say_loosely(self, messages: Sequence[ChatCompletionMessageParam], *, schema: Schema) -> str:
        """With the schema in words. Without a temperature too: some models take none and answer 400 to it."""
        words = templates.fill("schema", schema=json.dumps(schema))
        try:
            return await self._complete(
                [*messages, {"role": "user", "content": words}], form={"type": "json_object"}, temperature=None
            )
        except openai.OpenAIError as error:
            raise replies.failure(error) from error

    async def _complete(
        self, messages: Sequence[ChatCompletionMessageParam], *, form: ResponseFormat, temperature: float | None
    ) -> str:
        try:
            completion = await self._client.chat.completions.create(
                model=self._model,
                messages=list(messages),
                response_format=form,
                temperature=openai.omit if temperature is None else temperature,
            )
        except (AttributeError, json.JSONDecodeError) as error:  # what the client makes of a page in place of JSON
            raise PlannerError(kind="unreachable", message="the answer is no completion; check the address") from error
        return replies.content(completion)


def as_data(value: object) -> str:
    """A value as JSON to put into a message. Half a surrogate pair, which no encoding carries, becomes ``?``."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _problems(error: ValidationError | PromptError) -> str:
    """What is wrong with an answer, for the model to mend: places and reasons, without repeating the answer."""
    if isinstance(error, PromptError):
        return f"- {error}"
    told = error.errors(include_url=False, include_context=False, include_input=False)
    return "\n".join(f"- {'/'.join(map(str, each['loc'])) or 'the whole'}: {each['msg']}" for each in told[:10])
