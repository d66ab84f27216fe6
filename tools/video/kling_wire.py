"""What both API standards of Kling share: images, codes, refusals, ends of tasks. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Literal

from agent.errors import VendorError
from agent.jobs import Body, Going, Progress, Still
from agent.troubles import Trouble
from tools.http import Http, Reply, trouble_of
from tools.video.kling_keys import Signer
from tools.video.vendor import Received, Sent

DUPLICATE = 1201
"""Code for an external id that was used before, and for any other key or value that is not taken."""

NO_SUCH_THING = 1203
"""Code for a model at a submit, and for a task at a look-up."""

BY_CODE = {
    1000: Trouble.AUTH,
    1001: Trouble.AUTH,
    1002: Trouble.AUTH,
    1003: Trouble.AUTH,
    1004: Trouble.AUTH,
    1100: Trouble.PAYMENT,
    1101: Trouble.PAYMENT,
    1102: Trouble.PAYMENT,
    1103: Trouble.AUTH,
    1200: Trouble.VALIDATION,
    1201: Trouble.VALIDATION,
    1202: Trouble.NOT_FOUND,
    1300: Trouble.MODERATION_INPUT,
    1301: Trouble.MODERATION_INPUT,
    1302: Trouble.RATE_LIMITED,
    1303: Trouble.CONCURRENCY,
    1304: Trouble.AUTH,
    5001: Trouble.PROVIDER_TRANSIENT,
}
"""Codes that mean the same for every request, whatever their HTTP status: 429 also comes with an empty account."""

STATUS_OF_CODE = {NO_SUCH_THING: 404, 5000: 500, 5002: 504}
"""Codes whose meaning depends on what was asked, as the HTTP status they come with."""

POLICY_WORDS = ("risk control", "sensitive", "policy", "content security", "moderation")
"""How a task reads that was refused for its content; there is no code in a task [T]."""


class Watermark(Sent):
    """Whether Kling prints its mark into the picture."""

    enabled: Literal[False] = False


class Said(Received):
    """What stands in every answer, also in a refusal."""

    code: int
    message: str = ""


class Output(Received):
    """One file that a task made."""

    type: str = "video"
    url: str | None = None


class Exchange:
    """Sends requests of one standard and turns refusals into errors.

    Every answer is read for its code, because a refusal may come with any HTTP status.
    """

    def __init__(self, http: Http, *, signer: Signer) -> None:
        """Use this connection and these keys."""
        self.http = http
        self._signer = signer

    async def submit(self, body: Body) -> Reply:
        """Send a request that costs money, once. What it answers has not been checked yet."""
        return await self.http.submit(body.method, body.path, content=body.content, headers=self._signer.headers())

    async def ask(self, path: str, *, params: Mapping[str, str] | None = None) -> Reply | None:
        """A checked answer to a question that costs nothing; ``None`` when Kling knows no such thing.

        Raises:
            VendorError: It is refused, or no whole answer came.
        """
        reply = await self.http.ask("GET", path, params=params, headers=self._signer.headers())
        if self.code(reply) == NO_SUCH_THING:
            return None
        self.check(reply, sending=False)
        return reply

    def code(self, reply: Reply) -> int | None:
        """Kling's own code; ``None`` where somebody else answered, such as a gateway."""
        said = self.http.peek(reply, Said)
        return None if said is None else said.code

    def check(self, reply: Reply, *, sending: bool) -> None:
        """Let pass what succeeded.

        Raises:
            VendorError: It is a refusal.
        """
        if not reply.ok or self.code(reply) not in (0, None):
            raise self.refusal(reply, sending=sending)

    def refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        """What a refusal means, with what to check where that is known."""
        said = self.http.peek(reply, Said)
        if said is None:
            trouble = trouble_of(reply.status, sending=sending, spoke=False)
            return self.http.error(trouble, f"HTTP {reply.status}", retry_after_s=reply.retry_after_s)
        status = STATUS_OF_CODE.get(said.code, reply.status)
        trouble = BY_CODE.get(said.code) or trouble_of(status, sending=sending, spoke=True)
        words = f"{said.message} (code {said.code})"
        advice = self._signer.advice(said.code)
        # Long messages are cut at their end, so the advice stands first.
        message = f"{advice}; Kling says: {words}" if advice else words
        return self.http.error(trouble, message, retry_after_s=reply.retry_after_s)


def bare(still: Still) -> str:
    """An image as Kling's pages ask for it: base64 without the ``data:`` prefix."""
    return b64encode(still.data).decode("ascii")


def progress(
    going: Going,
    *,
    message: str | None,
    outputs: tuple[Output, ...],
    tidy: Callable[[str], str],
    cost_micro_usd: int | None = None,
) -> Progress:
    """What a task says, once its status word is understood."""
    if going is Going.FAILED:
        message = message or "failed without a reason"
        refused = any(words in message.lower() for words in POLICY_WORDS)
        trouble = Trouble.MODERATION_OUTPUT if refused else Trouble.PROVIDER_PERMANENT
        return Progress(going=going, trouble=trouble, message=tidy(message))
    if going is not Going.DONE:
        return Progress(going=going)
    link = next((output.url for output in outputs if output.type == "video" and output.url), None)
    if link is None:
        message = "the task succeeded and holds no clip"
        return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_PERMANENT, message=message)
    return Progress(going=going, media=link, cost_micro_usd=cost_micro_usd)
