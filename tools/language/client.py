"""One language model behind an OpenAI-compatible server, asked for one JSON answer at a time."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import anyio
import httpx2
import openai
from openai.types.chat import ChatCompletionMessageParam
from openai.types.chat.completion_create_params import ResponseFormat
from pydantic import ValidationError

from agent.errors import PlannerError
from prompts import templates
from prompts.errors import PromptError
from tools.language import forms, replies
from tools.language.metering import Meter, Price
from tools.language.schemas import Schema

RETRIES = 2  # a completion that is asked for twice costs tokens and changes nothing

Answer = TypeVar("Answer")
Messages = Sequence[ChatCompletionMessageParam]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long an answer is waited for; the client's own default lets a read last 600 s.

    Attributes:
        connect_s: For the connection. A server that is there accepts one at once.
        read_s: Without a byte of the answer.
        whole_s: For the question as a whole, retries and repair included.
    """

    connect_s: float = 5.0
    read_s: float = 30.0
    whole_s: float = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What stays the same over all calls that one question leads to."""

    schema: Schema
    temperature: float | None
    patience: Patience
    meter: Meter = field(default_factory=Meter)


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
        retries: int = RETRIES,
        price: Price | None = None,
    ) -> None:
        """``transport`` takes the place of the network, such as ``httpx2.ASGITransport(app)`` for a stand-in."""
        http = httpx2.AsyncClient(transport=transport, trust_env=False) if transport else None
        self._client = openai.AsyncOpenAI(base_url=base_url, api_key=api_key, max_retries=retries, http_client=http)
        self._model = model
        self._form = 0  # the first of `forms.ALL` that this server has not refused
        self.price = price

    @property
    def name(self) -> str:
        """The model's name; stays with every answer."""
        return self._model

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.close()

    async def ask(
        self,
        messages: Messages,
        *,
        schema: Schema,
        parse: Callable[[str], Answer],
        temperature: float | None = None,
        patience: Patience = Patience(),
        meter: Meter | None = None,
    ) -> Answer:
        """A validated answer. ``parse`` raises `ValidationError` or `PromptError` for one that cannot be used.

        Raises:
            PlannerError: The model is unreachable or too slow, refused, was cut off, or gave an invalid answer twice.
        """
        question = _Question(schema=schema, temperature=temperature, patience=patience, meter=meter or Meter())
        try:
            with anyio.fail_after(patience.whole_s):
                return await self._answer(question, messages, parse=parse)
        except TimeoutError as error:
            raise PlannerError(kind="unreachable", message=f"no usable answer within {patience.whole_s:g} s") from error

    async def _answer(self, question: _Question, messages: Messages, *, parse: Callable[[str], Answer]) -> Answer:
        first = await self._say(question, messages)
        try:
            return parse(first)
        except (ValidationError, PromptError) as error:
            mend = templates.fill("repair", problems=_problems(error))
        again: list[ChatCompletionMessageParam] = [
            {"role": "assistant", "content": first},
            {"role": "user", "content": mend},
        ]
        second = await self._say(question, [*messages, *again])
        try:
            return parse(second)
        except (ValidationError, PromptError) as error:
            raise PlannerError(kind="invalid", message=f"twice, at last: {_problems(error)}") from error

    async def _say(self, question: _Question, messages: Messages) -> str:
        """The answer in the strictest form that this server takes; what it takes is remembered."""
        for number, form in enumerate(forms.ALL[self._form :], start=self._form):
            try:
                said = await self._complete(question, form(messages, question.schema))
            except openai.APIStatusError as error:
                if not replies.refuses_form(error) or form is forms.ALL[-1]:
                    raise replies.failure(error) from error
            except openai.OpenAIError as error:
                raise replies.failure(error) from error
            else:
                self._form = number
                return said
        raise AssertionError("the last form returns or raises")

    async def _complete(self, question: _Question, asked: forms.Asking) -> str:
        patience = question.patience
        warm = asked.strict and question.temperature is not None
        try:
            completion = await self._client.chat.completions.create(
                model=self._model,
                messages=list(asked.messages),
                response_format=_or_omit(asked.form),
                # Without one once the strict form is refused: some models take none and answer 400 to it.
                temperature=question.temperature if warm else openai.omit,
                timeout=httpx2.Timeout(patience.read_s, connect=patience.connect_s),
            )
        except (AttributeError, json.JSONDecodeError) as error:  # what the client makes of a page in place of JSON
            raise PlannerError(kind="unreachable", message="the answer is no completion; check the address") from error
        question.meter.add(replies.usage(completion))
        return replies.content(completion)


def as_data(value: object) -> str:
    """A value as JSON to put into a message. Half a surrogate pair, which no encoding carries, becomes ``?``."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _or_omit(form: ResponseFormat | None) -> ResponseFormat | openai.Omit:
    return openai.omit if form is None else form


def _problems(error: ValidationError | PromptError) -> str:
    """What is wrong with an answer, for the model to mend: places and reasons, without repeating the answer."""
    if isinstance(error, PromptError):
        return f"- {error}"
    told = error.errors(include_url=False, include_context=False, include_input=False)
    return "\n".join(f"- {'/'.join(map(str, each['loc'])) or 'the whole'}: {each['msg']}" for each in told[:10])
