"""The ways to ask a server for JSON, strictest first: not every OpenAI-compatible server knows them all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openai.types.chat import ChatCompletionMessageParam
from openai.types.chat.completion_create_params import ResponseFormat

from prompts import templates
from tools.language.schemas import Schema

Messages = Sequence[ChatCompletionMessageParam]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One call's messages and ``response_format``; ``None`` leaves that out."""

    messages: Messages
    form: ResponseFormat | None

    @property
    def strict(self) -> bool:
        """Whether the server holds the model to the schema."""
        return self.form is not None and self.form["type"] == "json_schema"


def strictly(messages: Messages, schema: Schema) -> Asking:
    """Structured output: the server lets the model write nothing else."""
    form: ResponseFormat = {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": schema},
    }
    return Asking(messages=messages, form=form)


def as_object(messages: Messages, schema: Schema) -> Asking:
    """JSON mode, with the schema in words."""
    return Asking(messages=_in_words(messages, schema), form={"type": "json_object"})


def bare(messages: Messages, schema: Schema) -> Asking:
    """Nothing but words, for servers that know no ``response_format``."""
    return Asking(messages=_in_words(messages, schema), form=None)


ALL: tuple[Callable[[Messages, Schema], Asking], ...] = (strictly, as_object, bare)


def _in_words(messages: Messages, schema: Schema) -> Messages:
    words = templates.fill("schema", schema=json.dumps(schema))
    return [*messages, {"role": "user", "content": words}]
