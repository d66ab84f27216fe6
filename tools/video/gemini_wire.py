"""What both wires of the Gemini Developer API share: bodies of errors and what they mean, files, models, inline clips.

Private to `tools.video.gemini`. Facts, sources and dates: `docs/wire/gemini.md`.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator

from pydantic import AliasChoices, Field, RootModel

from agent.jobs import Going, Still
from agent.troubles import Trouble
from tools.http import Reply, trouble_of
from tools.video.vendor import Received, ReceivedCamel, VendorId

BY_WORD = {
    "SAFETY": Trouble.MODERATION_INPUT,
    "PROHIBITED_CONTENT": Trouble.MODERATION_INPUT,
    "BLOCKLIST": Trouble.MODERATION_INPUT,
    "SPII": Trouble.MODERATION_INPUT,
    "API_KEY_INVALID": Trouble.AUTH,
    "UNAUTHENTICATED": Trouble.AUTH,
    "PERMISSION_DENIED": Trouble.AUTH,
    "FAILED_PRECONDITION": Trouble.PAYMENT,  # the vendor's word for an account without the billing a model needs
}
"""By a code, status or reason of an HTTP error, whatever its HTTP status. Any other leaves it to that status."""

BY_WORD_OF_A_JOB = {
    **BY_WORD,
    "INTERNAL": Trouble.PROVIDER_TRANSIENT,
    "UNAVAILABLE": Trouble.PROVIDER_TRANSIENT,
    "DEADLINE_EXCEEDED": Trouble.PROVIDER_TRANSIENT,
    "RESOURCE_EXHAUSTED": Trouble.RATE_LIMITED,
    "NOT_FOUND": Trouble.MODEL_RETIRED,
    "INVALID_ARGUMENT": Trouble.VALIDATION,
    "INVALID_REQUEST": Trouble.VALIDATION,
}
"""The same for what ended a job; any other is final."""

RPC_WORDS = {
    3: "INVALID_ARGUMENT",
    4: "DEADLINE_EXCEEDED",
    5: "NOT_FOUND",
    7: "PERMISSION_DENIED",
    8: "RESOURCE_EXHAUSTED",
    9: "FAILED_PRECONDITION",
    13: "INTERNAL",
    14: "UNAVAILABLE",
    16: "UNAUTHENTICATED",
}
"""google.rpc codes, which stand where others have a word."""

SPENT_WORDS = ("credits are depleted", "prepayment")
"""How an empty account reads; it comes as the 429 of a quota. A quota's own text speaks of billing too."""

POLICY_WORDS = ("usage guidelines", "usage policies", "responsible ai", "prohibited", "violate", "support codes")
"""How a refused prompt reads where no word says so."""

UNKNOWN_INTERACTION = "invalid interaction name"
"""How an unknown id reads; it comes as a 400."""

FILE_STATE = {"PROCESSING": Going.RENDERING, "ACTIVE": Going.DONE, "FAILED": Going.FAILED}

_INLINE = "data:video/mp4;base64,"
_BASE64_PIECE = 64 * 1024  # divisible by 4; decodes to 48 KiB


class Started(Received):
    """Answer to a submit: an interaction has an id, an operation a name."""

    id: VendorId = Field(validation_alias=AliasChoices("id", "name"))


class Detail(Received):
    """One of an error's details."""

    reason: str = ""


class Failure(Received):
    """What an error says: a word or a number for its code."""

    code: str | int = ""
    status: str = ""
    message: str = ""
    details: tuple[Detail, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Everything in it that may have a fixed meaning, in capitals; a code may be an address that ends in one."""
        code = RPC_WORDS.get(self.code, "") if isinstance(self.code, int) else self.code.rpartition("/")[2]
        said = (*(detail.reason for detail in self.details), self.status, code)
        return tuple(word.upper() for word in said if word)


class Refused(Received):
    """Body of an HTTP error."""

    error: Failure


class ErrorReply(RootModel[Refused | tuple[Refused, ...]]):
    """The same, alone or, from the front end, in a list."""

    @property
    def failure(self) -> Failure:
        """The error; the first of a list."""
        refused = self.root if isinstance(self.root, Refused) else next(iter(self.root), None)
        return refused.error if refused else Failure()


class File(ReceivedCamel):
    """What is known of a file."""

    state: str


class Listed(ReceivedCamel):
    """One model of the account."""

    name: str


class Page(ReceivedCamel):
    """One page of the account's models."""

    models: tuple[Listed, ...] = ()
    next_page_token: str = ""


def trouble_of_reply(reply: Reply, failure: Failure | None, *, sending: bool) -> Trouble:
    """What a bad answer means; ``failure`` is ``None`` where somebody else gave it."""
    by_status = trouble_of(reply.status, sending=sending, spoke=failure is not None)
    if failure is None or reply.status >= 500:
        return by_status
    message = failure.message.lower()
    if any(words in message for words in SPENT_WORDS):
        return Trouble.PAYMENT
    if UNKNOWN_INTERACTION in message:
        return Trouble.NOT_FOUND
    found = next((BY_WORD[word] for word in failure.words if word in BY_WORD), by_status)
    return Trouble.MODERATION_INPUT if found is Trouble.VALIDATION and speaks_of_policy(message) else found


def trouble_of_job(failure: Failure) -> Trouble:
    """Why a job that was accepted came to nothing."""
    words = (BY_WORD_OF_A_JOB[word] for word in failure.words if word in BY_WORD_OF_A_JOB)
    found = next(words, Trouble.PROVIDER_PERMANENT)
    return Trouble.MODERATION_INPUT if found is Trouble.VALIDATION and speaks_of_policy(failure.message) else found


def speaks_of_policy(message: str) -> bool:
    """Whether a refusal is about the content, as far as its words tell."""
    return any(words in message.lower() for words in POLICY_WORDS)


def base64_of(still: Still) -> str:
    """An image as it stands in a body."""
    return b64encode(still.data).decode("ascii")


def inline(data: str) -> str:
    """A clip that came inside a reply, as a handle to fetch it by."""
    return _INLINE + data


def inline_pieces(media: str) -> Iterator[bytes]:
    """The bytes behind that handle, in pieces of 48 KiB.

    Raises:
        ValueError: It is no base64.
    """
    for start in range(len(_INLINE), len(media), _BASE64_PIECE):
        yield b64decode(media[start : start + _BASE64_PIECE], validate=True)
