"""What Veo's refusals and failures mean, by code and words. Private to `tools.video.google`.

Facts, sources and dates: `docs/wire/google.md`.
"""

import re
from collections.abc import Sequence

from agent.troubles import Trouble
from tools.video.vendor import ReceivedCamel

BY_RPC_CODE = {
    3: Trouble.VALIDATION,
    4: Trouble.PROVIDER_TRANSIENT,
    5: Trouble.MODEL_RETIRED,
    7: Trouble.AUTH,
    8: Trouble.RATE_LIMITED,
    13: Trouble.PROVIDER_TRANSIENT,
    14: Trouble.PROVIDER_TRANSIENT,
    16: Trouble.AUTH,
}
"""google.rpc codes of a failed operation; any other is final."""

POLICY_WORDS = ("usage guidelines", "responsible ai", "safety", "violate", "sensitive words", "support codes")
"""How a refused prompt reads: refusals and slips of ours both come as INVALID_ARGUMENT. Support codes are [T]."""

RETIREMENT_WORDS = ("publisher model", "discontinued", "has been retired", "no longer available", "no longer supported")
"""How a model that is gone reads, under whatever status. The first is how a 404 begins [T], the others are [U]."""

PROMPT_CODES = frozenset(
    (
        *("58061214", "29310472", "62263041", "57734940", "42876398"),
        *("92201652", "89371032", "90789179", "78610348"),
    )
)
"""Support codes that mark the prompt, not the picture, as the reason [D]."""

RUN_OUT = "ACCESS_TOKEN_EXPIRED"
TOKEN_RAN_OUT = (
    "the OAuth token has run out, it lasts about an hour; "
    "put a fresh one in secret 'token', for example from gcloud auth print-access-token"
)

_SUPPORT_CODE = re.compile(r"\b\d{8}\b")


class Detail(ReceivedCamel):
    """More on an error; of interest is why a token was not taken."""

    reason: str = ""


class Failure(ReceivedCamel):
    """A google.rpc status, or the inside of an HTTP error body."""

    code: int = 0
    message: str = ""
    details: tuple[Detail, ...] = ()

    @property
    def token_ran_out(self) -> bool:
        """Whether it says that the token is too old."""
        return any(detail.reason == RUN_OUT for detail in self.details) or RUN_OUT in self.message


class ErrorReply(ReceivedCamel):
    """Body of an HTTP error."""

    error: Failure


def by_words(trouble: Trouble, message: str) -> Trouble:
    """The trouble that an error's words make of the one its code stands for."""
    said = message.lower()
    if trouble is Trouble.AUTH and "billing" in said:
        return Trouble.PAYMENT
    if trouble in (Trouble.VALIDATION, Trouble.NOT_FOUND) and _holds(said, RETIREMENT_WORDS):
        return Trouble.MODEL_RETIRED
    if trouble is Trouble.VALIDATION and _holds(said, POLICY_WORDS):
        return Trouble.MODERATION_INPUT
    return trouble


def of_operation(failure: Failure) -> Trouble:
    """Why an operation failed."""
    return by_words(BY_RPC_CODE.get(failure.code, Trouble.PROVIDER_PERMANENT), failure.message)


def of_filter(reasons: str) -> Trouble:
    """Whether a filtered clip was refused for its words or for its picture; for the picture where no code tells."""
    codes = frozenset(_SUPPORT_CODE.findall(reasons))
    return Trouble.MODERATION_INPUT if codes and codes <= PROMPT_CODES else Trouble.MODERATION_OUTPUT


def _holds(said: str, words: Sequence[str]) -> bool:
    return any(word in said for word in words)
