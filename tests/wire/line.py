"""A line to a vendor that answers from a script and keeps every request that left."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

import httpx

from agent.jobs import Account, Order, Still
from agent.ports import VideoModel
from prompts.blocks import Layer
from prompts.dialect import Channel
from prompts.rendering import Placement, Rendering
from tools.video import registry

NOW_US = 1_795_176_000_000_000
"""2026-11-20 12:00:00 UTC."""

PNG = Still(label="1", data=b"\x89PNG still", media_type="image/png")
PNG_BASE64 = "iVBORyBzdGlsbA=="


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One scripted answer; ``broken`` is raised after the pieces."""

    status: int = 200
    pieces: Sequence[bytes] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    broken: Exception | None = None


def says(content: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer with a JSON body."""
    return Answer(status=status, pieces=(json.dumps(content).encode(),), headers=headers or {})


class Line(httpx.AsyncBaseTransport):
    """Gives the scripted answers in order; an exception in the script is raised instead of answering."""

    def __init__(self, *script: Answer | Exception) -> None:
        self._script = list(script)
        self.sent: list[httpx.Request] = []

    def then(self, answer: Answer | Exception) -> None:
        """Add to the script."""
        self._script.append(answer)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.sent.append(request)
        answer = self._script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status, headers=dict(answer.headers), stream=_Pieces(answer), request=request)

    @property
    def bodies(self) -> list[bytes]:
        """What left, byte for byte."""
        return [request.content for request in self.sent]


class _Pieces(httpx.AsyncByteStream):
    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._answer.pieces:
            yield piece
        if self._answer.broken is not None:
            raise self._answer.broken


SECRETS = {
    "fal": {"api_key": "fal-example-id:fal-example-secret"},
    "gemini": {"api_key": "AIza-example-key"},
    "google": {"token": "ya29.example-token"},
    "kling": {"api_key": "kling-example-key", "access_key": "ak-example", "secret_key": "sk-example"},
    "seedance": {"api_key": "ark-example-key"},
    "runway": {"api_key": "key_example0123"},
}
OPTIONS = {"google": {"project": "film-1"}}


def account(
    vendor: str,
    *,
    secrets: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    ids: Mapping[str, str] | None = None,
    base_url: str | None = None,
    sandbox: bool = False,
) -> Account:
    """A complete account of a vendor, less what a test says otherwise."""
    return Account(
        base_url=base_url or registry.vendor(vendor).default_base_url,
        secrets=SECRETS[vendor] if secrets is None else secrets,
        ids=ids or {},
        options=OPTIONS.get(vendor, {}) if options is None else options,
        sandbox=sandbox,
    )


def connect(vendor: str, line: Line, *, account_of: Account | None = None, now_us: int = NOW_US) -> VideoModel:
    """The vendor's adapter on a scripted line; its sleeps take no time."""

    async def sleep(_: float) -> None:
        return None

    return registry.vendor(vendor).make(
        account_of or account(vendor), transport=line, now_us=lambda: now_us, sleep=sleep
    )


def rendering(text: str, *, negatives: str | None = None) -> Rendering:
    """A rendering as short as can be."""
    channel = Channel.CLAUSE if negatives is None else Channel.FIELD
    placement = Placement(term="lens flare", layer=Layer.QUALITY, channel=channel, wording="lens flare")
    return Rendering(text=text, negative_field=negatives, style="hand-painted gouache", placements=(placement,))


def order(
    model: str,
    *,
    text: str = "hand-painted gouache. A fox runs.",
    negatives: str | None = None,
    seconds: int = 8,
    ratio: str = "16:9",
    references: Sequence[Still] = (),
    first_frame: Still | None = None,
    seed: int | None = None,
    key: str = "take-0001",
) -> Order:
    """An order that the model can take, less what a test says otherwise."""
    return Order(
        key=key,
        model=model,
        rendering=rendering(text, negatives=negatives),
        seconds=seconds,
        ratio=ratio,
        references=tuple(references),
        first_frame=first_frame,
        seed=seed,
    )
