"""What a completion holds, or why it holds nothing usable."""

import re

import openai
from openai.types.chat import ChatCompletion

from agent.errors import PlannerError

_FENCE = re.compile(r"\A\s*```[a-zA-Z]*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)


def content(completion: object) -> str:
    """The text of the answer, without a code fence around it.

    Raises:
        PlannerError: The model refused, was cut off or said nothing, or this is no completion at all.
    """
    if not isinstance(completion, ChatCompletion):  # a proxy's page with status 200 comes through as plain text
        raise PlannerError(kind="unreachable", message="something in between answered with a page; check the address")
    if not completion.choices:
        raise PlannerError(kind="invalid", message="the answer holds no choice")
    choice = completion.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise PlannerError(kind="refused", message=(choice.message.refusal or "stopped by a content filter")[:200])
    if choice.finish_reason == "length":
        raise PlannerError(kind="cut off", message="the answer is longer than the server allows")
    if not choice.message.content:
        raise PlannerError(kind="invalid", message="the answer is empty")
    return unfenced(choice.message.content)


def unfenced(text: str) -> str:
    """The text without one code fence around all of it."""
    fenced = _FENCE.match(text)
    return fenced.group(1) if fenced else text


def failure(error: openai.OpenAIError) -> PlannerError:
    """What a failed call means. The server's own words stay out of it: they may repeat the key."""
    match error:
        case openai.APITimeoutError():
            return PlannerError(kind="unreachable", message="no answer in time")
        case openai.APIConnectionError():
            return PlannerError(kind="unreachable", message="no connection; check the address")
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return PlannerError(kind="unreachable", message=f"the key is refused ({error.status_code})")
        case openai.NotFoundError():
            return PlannerError(
                kind="unreachable", message="the server knows neither this model nor this address (404)"
            )
        case openai.APIStatusError():
            return PlannerError(kind="unreachable", message=f"the server answers {error.status_code}")
        case _:
            return PlannerError(kind="invalid", message=f"the client gave up ({type(error).__name__})")
