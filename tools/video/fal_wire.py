"""What goes out to and comes back from fal's queue, and what it means. Private to `tools.video.fal`.

Facts, sources and dates: `docs/wire/fal.md`.
"""

from typing import Literal

from agent.jobs import Going, Order
from agent.profiles import Offer
from agent.troubles import Trouble
from tools.http import Reply
from tools.video.vendor import Received, Sent, data_uri

STATUS = {
    "IN_QUEUE": Going.WAITING,
    "IN_PROGRESS": Going.RENDERING,
    "COMPLETED": Going.DONE,  # says nothing about success: the result does
}

CANCELLED = "client_cancelled"
POLICY = "content_policy_violation"
MADE = "generated"  # how the name of what a violation points to begins, where it is no part of the request
LOCKED = ("exhausted balance", "top_up", "top up")  # a locked account has no code of its own, only a reason in words

BY_TYPE = {
    "no_media_generated": Trouble.MODERATION_OUTPUT,  # how a Veo keeps back what its own filter caught
    "bad_request": Trouble.VALIDATION,
    "internal_server_error": Trouble.PROVIDER_TRANSIENT,
    "generation_timeout": Trouble.PROVIDER_TRANSIENT,
    "downstream_service_error": Trouble.PROVIDER_TRANSIENT,
    "downstream_service_unavailable": Trouble.PROVIDER_TRANSIENT,
    "request_timeout": Trouble.PROVIDER_TRANSIENT,
    "startup_timeout": Trouble.PROVIDER_TRANSIENT,
    "runner_scheduling_failure": Trouble.PROVIDER_TRANSIENT,
    "runner_connection_timeout": Trouble.PROVIDER_TRANSIENT,
    "runner_disconnected": Trouble.PROVIDER_TRANSIENT,
    "runner_connection_refused": Trouble.PROVIDER_TRANSIENT,
    "runner_connection_error": Trouble.PROVIDER_TRANSIENT,
    "runner_incomplete_response": Trouble.PROVIDER_TRANSIENT,
    "runner_server_error": Trouble.PROVIDER_TRANSIENT,
    "client_disconnected": Trouble.PROVIDER_TRANSIENT,
    "internal_error": Trouble.PROVIDER_TRANSIENT,
}
"""What ended a request. Every other type is a fault of the input, and tells so by its status, 422."""


class Kling(Sent):
    """Body for Kling v3; in front of a first frame no proportions can be asked."""

    prompt: str
    negative_prompt: str | None
    cfg_scale: float | None
    duration: str
    aspect_ratio: str | None
    generate_audio: Literal[False] = False
    start_image_url: str | None
    end_image_url: str | None


class Veo(Sent):
    """Body for Veo 3.1. ``auto_fix`` would let fal rewrite a prompt that its filter refuses."""

    prompt: str
    negative_prompt: str | None
    duration: str
    aspect_ratio: str
    resolution: str
    generate_audio: Literal[False] = False
    auto_fix: Literal[False] = False
    seed: int | None
    image_url: str | None
    first_frame_url: str | None
    last_frame_url: str | None
    image_urls: tuple[str, ...] | None


class Seedance(Sent):
    """Body for Seedance 2.0."""

    prompt: str
    duration: str
    resolution: str
    aspect_ratio: str
    generate_audio: Literal[False] = False
    seed: int | None
    image_url: str | None
    end_image_url: str | None
    image_urls: tuple[str, ...] | None


class Submitted(Received):
    """Answer to a submit."""

    request_id: str
    response_url: str
    status_url: str
    cancel_url: str


class Status(Received):
    """Where a request stands. A request that failed may say so here, or only with its result."""

    status: str
    error: str | None = None
    error_type: str | None = None


class File(Received):
    """Where a clip lies."""

    url: str = ""


class Result(Received):
    """What came of a request."""

    video: File | None = None
    seed: int | None = None


class Flaw(Received):
    """One thing wrong with a request or with what was made of it.

    Attributes:
        loc: Where, from ``"body"`` on.
    """

    loc: tuple[str | int, ...] = ()
    msg: str = ""
    type: str = ""


class Failure(Received):
    """Body of an error, whether of the queue, which speaks in words, or of an app, which lists flaws."""

    detail: str | tuple[Flaw, ...]
    error_type: str | None = None

    @property
    def flaws(self) -> tuple[Flaw, ...]:
        """What an app found wrong."""
        return () if isinstance(self.detail, str) else self.detail

    @property
    def words(self) -> str:
        """The reason for a person."""
        if isinstance(self.detail, str):
            return self.detail
        return "; ".join(f"{'.'.join(map(str, flaw.loc))}: {flaw.msg} ({flaw.type})" for flaw in self.detail)


def kling(order: Order, *, cfg_scale: float | None) -> Kling:
    """Kling's body."""
    first, last = _frames(order)
    return Kling(
        prompt=order.rendering.text,
        negative_prompt=order.rendering.negative_field,
        cfg_scale=cfg_scale,
        duration=str(order.seconds),
        aspect_ratio=None if first else order.ratio,
        start_image_url=first,
        end_image_url=last,
    )


def veo(order: Order, offer: Offer) -> Veo:
    """Veo's body: a first frame alone has another name than the first of two, and references take no seed."""
    first, last = _frames(order)
    return Veo(
        prompt=order.rendering.text,
        negative_prompt=order.rendering.negative_field,
        duration=f"{order.seconds}s",
        aspect_ratio=order.ratio,
        resolution=offer.resolution,
        seed=None if order.references else order.seed,
        image_url=None if last else first,
        first_frame_url=first if last else None,
        last_frame_url=last,
        image_urls=_looks(order),
    )


def seedance(order: Order, offer: Offer) -> Seedance:
    """Seedance's body: the words name the look references by their place in the list."""
    first, last = _frames(order)
    return Seedance(
        prompt=order.rendering.text,
        duration=str(order.seconds),
        resolution=offer.resolution,
        aspect_ratio=order.ratio,
        seed=order.seed,
        image_url=first,
        end_image_url=last,
        image_urls=_looks(order),
    )


def refusal(said: Failure, *, status: int) -> Trouble | None:
    """What an error body means by itself; ``None`` where that depends on what was asked."""
    if status == 403 and any(reason in said.words.lower() for reason in LOCKED):
        return Trouble.PAYMENT
    violation = next((flaw for flaw in said.flaws if flaw.type == POLICY), None)
    return _moderation(violation) if violation else None


def kinds(said: Failure | None, reply: Reply, status: Status) -> tuple[str, ...]:
    """The types under which an ended request is told to have failed; none where the answer is no word on it at all."""
    named = (
        *(flaw.type for flaw in (said.flaws if said else ())),
        said.error_type if said else None,
        reply.headers.get("x-fal-error-type"),
        status.error_type,
    )
    return tuple(filter(None, named))


def ending(said: Failure | None, told: tuple[str, ...], reply: Reply) -> Trouble:
    """Why a request came to no clip, once it is over."""
    decided = refusal(said, status=reply.status) if said else None
    if decided is not None:
        return decided
    usual = Trouble.PROVIDER_TRANSIENT if reply.status >= 500 else Trouble.VALIDATION
    trouble = next((BY_TYPE[kind] for kind in told if kind in BY_TYPE), usual)
    final = reply.headers.get("x-fal-retryable", "").lower() == "false"
    return Trouble.PROVIDER_PERMANENT if final and trouble is Trouble.PROVIDER_TRANSIENT else trouble


def _frames(order: Order) -> tuple[str | None, str | None]:
    first, last = order.first_frame, order.last_frame
    return data_uri(first) if first else None, data_uri(last) if last else None


def _looks(order: Order) -> tuple[str, ...] | None:
    return tuple(map(data_uri, order.references)) or None


def _moderation(flaw: Flaw) -> Trouble:
    """What was refused, by where it is: a part of the request, or what was made of it."""
    where = str(flaw.loc[1]) if len(flaw.loc) > 1 else ""
    return Trouble.MODERATION_OUTPUT if where.startswith(MADE) else Trouble.MODERATION_INPUT
