"""What Slack's answers mean: done, not now, nobody knows, or no."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agent.errors import CountersteerError

UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Slack says of these that something of it may have been done (docs.slack.dev/reference/methods/chat.postMessage)."""

LIMITED = frozenset({"ratelimited", "rate_limited"})


class LimitedError(CountersteerError):
    """Nothing was done; Slack asks to come back."""

    def __init__(self, *, after_s: float) -> None:
        super().__init__(f"Slack asks to wait {after_s:g} s; nothing is lost, it is sent then")
        self.after_s = after_s


class LostError(CountersteerError):
    """No answer came, so nobody knows whether it was done."""


class RefusedError(CountersteerError):
    """Slack says no, and will again.

    Attributes:
        error: Slack's word for it.
        needed: The scope that is missing, if it is that.
    """

    def __init__(self, *, error: str, needed: str = "") -> None:
        lacking = f"the app lacks the scope {needed}; add it in its settings and install it again"
        super().__init__(f"Slack refused it ({error}); {lacking if needed else 'see docs/slack.md'}")
        self.error = error
        self.needed = needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a method answered; ``status`` is 0 where there is no answer of HTTP at all."""

    data: Mapping[str, Any]
    headers: Mapping[str, str]
    status: int


async def answered(call: Awaitable[AsyncSlackResponse]) -> Answer:
    """What the method answered.

    Raises:
        LimitedError: Later.
        LostError: Nobody knows.
        RefusedError: No.
    """
    try:
        return _read(await call)
    except SlackApiError as error:
        raise _meant(error) from error
    except (aiohttp.ClientError, SlackRequestError, TimeoutError, OSError) as error:
        raise LostError(f"Slack did not answer ({type(error).__name__})") from error


def _meant(error: SlackApiError) -> CountersteerError:
    answer = _read(cast(Any, error).response)
    word = str(answer.data.get("error", ""))
    if answer.status == 429 or word in LIMITED:
        return LimitedError(after_s=float(answer.headers.get("Retry-After", 1)))
    if answer.status >= 500 or word in UNSURE or not word:
        return LostError(f"Slack answered {answer.status} {word}")
    return RefusedError(error=word, needed=str(answer.data.get("needed", "")))


def _read(response: Any) -> Answer:
    """The library's answer, or the bare HTTP one that it hands over where the body is no JSON."""
    data: Any = getattr(response, "data", None)
    status: Any = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    held = cast(Mapping[str, Any], data if isinstance(data, dict) else {})
    return Answer(data=held, headers=response.headers, status=int(status))
