"""What goes out to and comes back from Kling in both of its API standards. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

import hashlib
import hmac
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from typing import Literal

from agent.jobs import Going, Order, Progress
from agent.troubles import Trouble
from tools.video.vendor import Received, Sent, VendorId

TOKEN_LIVES_S = 1800
TOKEN_STARTS_EARLIER_S = 5

DUPLICATE = 1201
"""Code for an external id that was used before, and for any other key or value that is not taken."""

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
"""Codes that mean the same for every request."""

NO_SUCH_THING = 1203
STATUS_OF_CODE = {NO_SUCH_THING: 404, 5000: 500, 5002: 504}
"""Codes whose meaning depends on what was asked, as the HTTP status they come with."""

STATUS = {
    "submitted": Going.WAITING,
    "processing": Going.RENDERING,
    "succeeded": Going.DONE,
    "failed": Going.FAILED,
}
"""Status words of the new standard."""

LEGACY_STATUS = {
    "submitted": Going.WAITING,
    "processing": Going.RENDERING,
    "succeed": Going.DONE,
    "failed": Going.FAILED,
}
"""Status words of the legacy standard."""

POLICY_WORDS = ("risk control", "sensitive", "policy", "content security", "moderation")
"""How a task reads that was refused for its content; there is no code in a task [T]."""


class Watermark(Sent):
    """Whether Kling prints its mark into the picture."""

    enabled: Literal[False] = False


class Settings(Sent):
    """Picture and sound; ``audio`` and ``multi_shot`` only where the model has the switch."""

    resolution: str
    aspect_ratio: str
    duration: int
    audio: Literal["off"] | None
    multi_shot: Literal[False] | None


class Options(Sent):
    """Everything about the task."""

    external_task_id: str
    watermark_info: Watermark = Watermark()


class TextToVideo(Sent):
    """Body of ``POST /text-to-video/{model}``."""

    prompt: str
    settings: Settings
    options: Options


class Content(Sent):
    """One item of an omni request: the words, or an image with the name they call it by."""

    type: Literal["prompt", "refer_image"]
    text: str | None = None
    url: str | None = None
    id: str | None = None


class OmniVideo(Sent):
    """Body of ``POST /omni-video/{model}``."""

    contents: tuple[Content, ...]
    settings: Settings
    options: Options


class LegacyTextToVideo(Sent):
    """Body of ``POST /v1/videos/text2video``; the one with a field for negatives. ``duration`` is a string."""

    model_name: str
    prompt: str
    negative_prompt: str | None
    mode: Literal["std"] = "std"
    sound: Literal["off"] | None
    aspect_ratio: str
    duration: str
    multi_shot: Literal[False] | None
    external_task_id: str
    watermark_info: Watermark = Watermark()


class Said(Received):
    """What stands in every answer, also in a refusal."""

    code: int
    message: str = ""


class Output(Received):
    """One file that a task made."""

    type: str = "video"
    url: str | None = None


class Task(Received):
    """A task of the new standard. Asked for as ``external_task_id``, answered as ``external_id``."""

    id: VendorId
    status: str
    message: str | None = None
    external_id: str | None = None
    outputs: tuple[Output, ...] | None = None


class Created(Received):
    """Answer to a submit in the new standard."""

    data: Task


class Tasks(Received):
    """Answer to a look-up in the new standard."""

    data: tuple[Task, ...] | None = None


class LegacyVideos(Received):
    """The files that a legacy task made."""

    videos: tuple[Output, ...] = ()


class LegacyTask(Received):
    """A task of the legacy standard."""

    task_id: VendorId
    task_status: str
    task_status_msg: str | None = None
    task_result: LegacyVideos | None = None


class LegacyAnswer(Received):
    """Answer to a submit or a look-up in the legacy standard."""

    data: LegacyTask


def text_to_video(order: Order, *, resolution: str, switches: bool) -> TextToVideo:
    """A request for words alone."""
    return TextToVideo(
        prompt=order.rendering.text,
        settings=_settings(order, resolution=resolution, switches=switches),
        options=Options(external_task_id=order.key),
    )


def omni_video(order: Order, *, resolution: str) -> OmniVideo:
    """A request for words and reference images, which the words name ``@image_1`` and so on."""
    images = (
        # Bare base64: the pages of Kling ask for it without the ``data:`` prefix.
        Content(type="refer_image", url=b64encode(still.data).decode("ascii"), id=f"image_{number}")
        for number, still in enumerate(order.references, start=1)
    )
    return OmniVideo(
        contents=(Content(type="prompt", text=order.rendering.text), *images),
        settings=_settings(order, resolution=resolution, switches=True),
        options=Options(external_task_id=order.key),
    )


def legacy_text_to_video(order: Order, *, model_name: str, switches: bool) -> LegacyTextToVideo:
    """A request with the negatives in their own field."""
    return LegacyTextToVideo(
        model_name=model_name,
        prompt=order.rendering.text,
        negative_prompt=order.rendering.negative_field,
        sound="off" if switches else None,
        aspect_ratio=order.ratio,
        duration=str(order.seconds),
        multi_shot=False if switches else None,
        external_task_id=order.key,
    )


def progress(going: Going, *, message: str | None, outputs: tuple[Output, ...], tidy: Callable[[str], str]) -> Progress:
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
    return Progress(going=going, media=link)


def sign(*, access_key: str, secret_key: str, now_s: int) -> str:
    """A fresh HS256 token for the legacy standard, good for half an hour."""
    header = {"alg": "HS256", "typ": "JWT"}
    claims = {"iss": access_key, "exp": now_s + TOKEN_LIVES_S, "nbf": now_s - TOKEN_STARTS_EARLIER_S}
    signed = ".".join(_part(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    signature = hmac.new(secret_key.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_part(signature)}"


def _settings(order: Order, *, resolution: str, switches: bool) -> Settings:
    return Settings(
        resolution=resolution,
        aspect_ratio=order.ratio,
        duration=order.seconds,
        audio="off" if switches else None,
        # The vendor's default is several shots in one clip; ours is one take.
        multi_shot=False if switches else None,
    )


def _part(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
