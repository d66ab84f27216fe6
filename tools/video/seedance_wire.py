"""What goes out to and comes back from Seedance on Ark, and what it means. Private to `tools.video.seedance`.

Facts, sources and dates: `docs/wire/seedance.md`.
"""

import hashlib
from collections.abc import Callable
from typing import Literal

from agent.jobs import Going, Order, Progress, Still
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
    # One model that the account has not activated; a trouble of the key would close its siblings too.
    "ModelNotOpen": Trouble.NOT_FOUND,
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


Role = Literal["reference_image", "first_frame", "last_frame"]


class Link(Sent):
    """An image as a ``data:`` URI, or its asset in the account as ``asset://``."""

    url: str


class Content(Sent):
    """One item of a request: the words, or an image with its role."""

    type: Literal["text", "image_url"]
    text: str | None = None
    image_url: Link | None = None
    role: Role | None = None


class Create(Sent):
    """Body of a submit.

    Attributes:
        execution_expires_after: Seconds, 3600 to 259200; then the vendor gives the task up.
        safety_identifier: Our key, which the list of tasks echoes.
    """

    model: str
    content: tuple[Content, ...]
    resolution: str
    ratio: str
    duration: int
    seed: int | None
    generate_audio: Literal[False] = False
    watermark: Literal[False] = False
    callback_url: str | None
    execution_expires_after: int
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


def create(order: Order, *, model: str, resolution: str, expires_after_s: int) -> Create:
    """The request: the words first, then the images in the order the words number them."""
    return Create(
        model=model,
        content=(
            Content(type="text", text=order.rendering.text),
            *(_image(still, role="reference_image") for still in order.references),
            *(_image(still, role="first_frame") for still in _present(order.first_frame)),
            *(_image(still, role="last_frame") for still in _present(order.last_frame)),
        ),
        resolution=resolution,
        ratio=order.ratio,
        duration=order.seconds,
        seed=order.seed,
        callback_url=order.callback,
        execution_expires_after=expires_after_s,
        safety_identifier=mark(order.key),
    )


def asset(still: Still) -> str | None:
    """The account's own asset that shows this image, such as a face it was verified for."""
    return still.known_as.get("seedance")


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


def _image(still: Still, *, role: Role) -> Content:
    return Content(type="image_url", image_url=Link(url=asset(still) or data_uri(still)), role=role)


def _present(still: Still | None) -> tuple[Still, ...]:
    return (still,) if still else ()


def _failure(task: Task, *, tidy: Callable[[str], str]) -> Progress:
    if task.status == "expired":
        message = "the task was not finished within its time"
        return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_TRANSIENT, message=message)
    error = task.error or Error(message="failed without a reason")
    passing = error.code == "InternalServiceError"
    last = Trouble.PROVIDER_TRANSIENT if passing else Trouble.PROVIDER_PERMANENT
    return Progress(going=Going.FAILED, trouble=trouble_of_code(error.code) or last, message=tidy(error.message))
