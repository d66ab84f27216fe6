"""What goes out to and comes back from Seedance on Ark, and what it means. Private to `tools.video.seedance`.

Facts, sources and dates: `docs/wire/seedance.md`.
"""

import hashlib
from collections.abc import Callable
from typing import Literal

from agent.jobs import Going, Order, Progress
from agent.troubles import Trouble
from tools.video.vendor import Received, Sent, VendorId, data_uri

STATUS = {
    "queued": Going.WAITING,
    "running": Going.RENDERING,
    "succeeded": Going.DONE,
    "failed": Going.FAILED,
    "expired": Going.FAILED,
    "cancelled": Going.CANCELLED,
}

BY_CODE = {
    "AuthenticationError": Trouble.AUTH,
    "AccessDenied": Trouble.AUTH,
    "ModelNotOpen": Trouble.AUTH,
    "AccountOverdueError": Trouble.PAYMENT,
    "MissingParameter": Trouble.VALIDATION,
    "InvalidParameter": Trouble.VALIDATION,
    "InputTextSensitiveContentDetected": Trouble.MODERATION_INPUT,
    "InputImageSensitiveContentDetected": Trouble.MODERATION_INPUT,
    "InputVideoSensitiveContentDetected": Trouble.MODERATION_INPUT,
    "InputAudioSensitiveContentDetected": Trouble.MODERATION_INPUT,
    "OutputVideoSensitiveContentDetected": Trouble.MODERATION_OUTPUT,
    "OutputAudioSensitiveContentDetected": Trouble.MODERATION_OUTPUT,
    "RateLimitExceeded": Trouble.RATE_LIMITED,
    "ModelAccountRpmRateLimitExceeded": Trouble.RATE_LIMITED,
    "QuotaExceeded": Trouble.CONCURRENCY,
    "SetLimitExceeded": Trouble.CONCURRENCY,
    "ServerOverloaded": Trouble.PROVIDER_TRANSIENT,
    "ModelLoadingError": Trouble.PROVIDER_TRANSIENT,
}
"""By the code or its part before the first dot. ``InvalidEndpoint.NotFound`` and ``InternalServiceError`` depend on
what was asked: the HTTP status decides."""


class Link(Sent):
    """An address, or an image as a ``data:`` URI."""

    url: str


class Content(Sent):
    """One item of a request: the words, or an image with its role."""

    type: Literal["text", "image_url"]
    text: str | None = None
    image_url: Link | None = None
    role: Literal["first_frame", "reference_image"] | None = None


class Create(Sent):
    """Body of a submit. ``safety_identifier`` carries our key."""

    model: str
    content: tuple[Content, ...]
    resolution: str
    ratio: str
    duration: int
    seed: int | None
    generate_audio: Literal[False] = False
    watermark: Literal[False] = False
    safety_identifier: str


class Created(Received):
    """Answer to a submit."""

    id: VendorId


class Error(Received):
    """Code and words of a refusal."""

    code: str = ""
    message: str = ""


class ErrorReply(Received):
    """Body of an HTTP error."""

    error: Error


class Made(Received):
    """What came of a task."""

    video_url: str | None = None


class Task(Received):
    """A task, asked for or listed."""

    id: VendorId
    status: str
    content: Made | None = None
    error: Error | None = None
    seed: int | None = None
    safety_identifier: str | None = None


class Page(Received):
    """One page of the account's tasks."""

    total: int
    items: tuple[Task, ...] = ()


def create(order: Order, *, model: str, resolution: str) -> Create:
    """The request: the words first, then the images in the order the words number them."""
    looks = tuple(
        Content(type="image_url", image_url=Link(url=data_uri(still)), role="reference_image")
        for still in order.references
    )
    first = order.first_frame
    frame = (Content(type="image_url", image_url=Link(url=data_uri(first)), role="first_frame"),) if first else ()
    return Create(
        model=model,
        content=(Content(type="text", text=order.rendering.text), *looks, *frame),
        resolution=resolution,
        ratio=order.ratio,
        duration=order.seconds,
        seed=order.seed,
        safety_identifier=mark(order.key),
    )


def mark(key: str) -> str:
    """Our key in the form of ``safety_identifier``, which the vendor echoes and which takes 64 characters."""
    return hashlib.sha256(key.encode()).hexdigest()


def progress(task: Task, *, going: Going, tidy: Callable[[str], str]) -> Progress:
    """What a task says, once its status word is understood."""
    if going is Going.FAILED:
        return _failure(task, tidy=tidy)
    if going is not Going.DONE:
        return Progress(going=going)
    if task.content is None or not task.content.video_url:
        message = "the task succeeded and holds no clip"
        return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_PERMANENT, message=message)
    return Progress(going=going, media=task.content.video_url, seed=task.seed)


def trouble_of_code(code: str) -> Trouble | None:
    """What an error code means; ``None`` where that depends on what was asked."""
    return BY_CODE.get(code) or BY_CODE.get(code.partition(".")[0])


def _failure(task: Task, *, tidy: Callable[[str], str]) -> Progress:
    if task.status == "expired":
        message = "the task was not finished within its time"
        return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_TRANSIENT, message=message)
    error = task.error or Error(message="failed without a reason")
    passing = error.code == "InternalServiceError"
    last = Trouble.PROVIDER_TRANSIENT if passing else Trouble.PROVIDER_PERMANENT
    return Progress(going=Going.FAILED, trouble=trouble_of_code(error.code) or last, message=tidy(error.message))
