"""What a completion holds, or why it holds nothing usable."""

import re

import openai
from openai.types import CompletionUsage
from openai.types.chat import ChatCompletion

from agent.errors import PlannerError

_FORM_REFUSED = (400, 422, 501)
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)  # what a reasoning model's server may leave in front
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
    """The text without thoughts in front of it and one code fence around all of it."""
    text = _THOUGHT.sub("", text)
    fenced = _FENCE.match(text)
    return fenced.group(1) if fenced else text


def usage(completion: object) -> CompletionUsage | None:
    """The tokens that the server counted, where it says."""
    return completion.usage if isinstance(completion, ChatCompletion) else None


def refuses_form(error: openai.APIStatusError) -> bool:
    """Whether the server may not know this way of asking for JSON."""
    return error.status_code in _FORM_REFUSED and error.code != "content_filter"


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
        case openai.RateLimitError():
            return PlannerError(kind="unreachable", message="too many requests, or no credit left (429)")
        case openai.APIStatusError() if error.code == "content_filter":  # Azure says it with status 400
            return PlannerError(kind="refused", message="stopped by a content filter")
        case openai.APIStatusError():
            return PlannerError(kind="unreachable", message=f"the server answers {error.status_code}")
        case _:
            return PlannerError(kind="invalid", message=f"the client gave up ({type(error).__name__})")
