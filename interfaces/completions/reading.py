"""What a client's request means here: which film and conversation, which words are new, and what is not understood."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.errors import CountersteerError
from interfaces.completions.wire import Message, Part, Request

MODEL = "countersteer"
FILM = f"{MODEL}/"
WAITS_S = 300
LONGEST_WAIT_S = 3_600
ROLES_ASIDE = ("system", "developer")

ASKS_NOTHING: Mapping[str, tuple[Any, ...]] = {
    "n": (1,),
    "tools": ([],),
    "functions": ([],),
    "tool_choice": ("none", "auto"),
    "function_call": ("none", "auto"),
    "response_format": ({"type": "text"},),
    "modalities": (["text"],),
    "audio": (),
    "logprobs": (False,),
    "web_search_options": (),
}
"""Parameters whose answer a client would wait for in vain, with the values that ask for nothing."""


class RefusedError(CountersteerError):
    """The request asks for something that this door cannot give; nothing was done.

    Attributes:
        param: The parameter it is about.
    """

    def __init__(self, param: str, message: str) -> None:
        super().__init__(message)
        self.param = param


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A request as it is understood.

    Attributes:
        film: Name or id; empty for the latest film.
        conversation: What the client calls it, or what its first message makes of it.
        key: The same for the same messages, so that a request that is sent again is heard once.
        instructed: Whether the client sent instructions to a model; there is none to follow them.
        ignored: Parameters that mean nothing here.
    """

    film: str
    conversation: str
    text: str
    pictures: tuple[bytes, ...]
    key: str
    instructed: bool
    ignored: tuple[str, ...]
    with_usage: bool
    wait_s: int


def read(request: Request) -> Meant:
    """What the request means.

    Raises:
        RefusedError: It asks for what cannot be given, or its last word is not the person's.
    """
    extra = {name: value for name, value in (request.model_extra or {}).items() if value is not None}
    for name, value in extra.items():
        if name in ASKS_NOTHING and value not in ASKS_NOTHING[name]:
            raise RefusedError(name, f"{name} cannot be met here: a director's agent answers in words; leave it out")
    spoken = [message for message in request.messages if message.role not in ROLES_ASIDE]
    if not spoken or spoken[-1].role != "user":
        raise RefusedError("messages", "the last message is not the user's, so nothing new is said; nothing was done")
    metadata = request.metadata or {}
    first = next(message for message in spoken if message.role == "user")
    return Meant(
        film=film(request.model),
        conversation=metadata.get("conversation_id") or request.user or f"begins with {_digest([first])}",
        text=spoken[-1].text,
        pictures=tuple(_picture(part) for part in spoken[-1].parts if part.type != "text"),
        key=_digest(request.messages),
        instructed=len(spoken) < len(request.messages),
        ignored=tuple(sorted(extra.keys() - ASKS_NOTHING.keys())),
        with_usage=request.stream_options is not None and request.stream_options.include_usage,
        wait_s=_wait_s(metadata),
    )


def film(model: str) -> str:
    """The film that a model's name means; empty for the latest.

    Raises:
        RefusedError: It is no model of ours.
    """
    if model != MODEL and not model.startswith(FILM):
        raise RefusedError("model", f"there is no model {model!r}; it is {MODEL}, or {FILM} and the name of a film")
    return model.removeprefix(MODEL).removeprefix("/")


def _wait_s(metadata: Mapping[str, str]) -> int:
    told = metadata.get("wait_seconds", str(WAITS_S))
    if not told.isascii() or not told.isdigit() or int(told) > LONGEST_WAIT_S:
        raise RefusedError("metadata", f"wait_seconds is a whole number from 0 to {LONGEST_WAIT_S}; nothing was done")
    return int(told)


def _picture(part: Part) -> bytes:
    """The bytes of a picture that is in the message itself. Nothing is fetched from an address that a client names."""
    if part.image_url is None:
        raise RefusedError("messages", f"a part of type {part.type!r} cannot be read; send words and pictures")
    head, comma, data = part.image_url.url.partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64") or not comma:
        raise RefusedError("messages", "a picture is not fetched from elsewhere; send it in the message as a data: URL")
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise RefusedError("messages", "the picture in the message is no base64; nothing was done") from error


def _digest(messages: Sequence[Message]) -> str:
    told = json.dumps([(each.role, [part.model_dump() for part in each.parts]) for each in messages])
    return hashlib.sha256(told.encode()).hexdigest()
