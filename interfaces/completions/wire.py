"""What a chat client sends, and what it gets back, in the form that OpenAI's clients know."""

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Sent(BaseModel):
    """Clients send more than is read here; what is not read is told or refused, never a reason to fail."""

    model_config = ConfigDict(frozen=True, extra="allow")


class ImageUrl(Sent):
    """Where a picture is: in the address itself, or elsewhere."""

    url: str


class Part(Sent):
    """A piece of a message."""

    type: str
    text: str = ""
    image_url: ImageUrl | None = None


class Message(Sent):
    """One message of the history that the client shows."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | tuple[Part, ...] | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its pieces; a plain text is one."""
        return (Part(type="text", text=self.content),) if isinstance(self.content, str) else self.content or ()

    @property
    def text(self) -> str:
        """What is written in it."""
        return "\n".join(part.text for part in self.parts if part.type == "text")


class StreamOptions(Sent):
    """What a stream ends with."""

    include_usage: bool = False


class Request(Sent):
    """A chat completion that is asked for."""

    model: str = Field(min_length=1, max_length=300)
    messages: tuple[Message, ...] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None
    user: str | None = Field(default=None, max_length=300)
    metadata: dict[str, str] | None = None


class Answered(BaseModel):
    """What is sent back."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Usage(Answered):
    """Tokens that a language model read and wrote for the turn; left out where none was asked or none told."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Besides(Answered):
    """What OpenAI's form has no place for; money in whole micro USD.

    Attributes:
        ignored: Parameters that mean nothing here.
        going: Shots that are still being made.
    """

    film: str
    conversation_id: str
    turn_id: str
    spent_micro_usd: int
    ignored: tuple[str, ...]
    going: tuple[int, ...]


class Choice(Answered):
    """The answer, whole as ``message`` or a piece of it as ``delta``."""

    index: int = 0
    message: dict[str, str] | None = None
    delta: dict[str, str] | None = None
    finish_reason: Literal["stop", "length"] | None = None


class Completion(Answered):
    """A whole answer, or a chunk of one."""

    id: str
    object: Literal["chat.completion", "chat.completion.chunk"]
    created: int
    model: str
    choices: tuple[Choice, ...]
    usage: Usage | None = None
    countersteer: Besides | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON values, without what is left open; but clients look for a reason to finish in every choice."""
        found = self.model_dump(mode="json", exclude_none=True)
        for choice in found["choices"]:
            choice.setdefault("finish_reason", None)
        return found

    def line(self) -> str:
        """The same on one line."""
        return json.dumps(self.plain(), separators=(",", ":"))


class Refusal(BaseModel):
    """Why nothing was done, as OpenAI's clients read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class Refused(BaseModel):
    """An error's answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    error: Refusal
