"""What Kling's new standard takes: bodies, variants with their limits, and a checked body as an order.

From the vendor's pages of 2026-09-20 [D]; Kling 4.0 and its paths from third parties [T/U]. Left out: video inputs,
elements, voices, motion control.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from tools.sandbox import kling_account as account
from tools.sandbox import wire
from tools.sandbox.bite import Heed
from tools.sandbox.kling_account import VENDOR, Model, invalid
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked, StrictSnake

MOST_LISTED = 500
TURBO_IMAGE_PROMPT = 2500

MODELS = {
    "kling-3.0": Model(
        temper=account.temper(Heed.CLAUSE),
        prices={
            "720p": 84_000,
            "1080p": 112_000,
            "4k": 420_000,
            "720p_audio": 126_000,
            "1080p_audio": 168_000,
            "4k_audio": 420_000,
        },
        prompt_limit=3072,
        audio=("native", "off"),
        shots=True,
    ),
    "kling-3.0-turbo": Model(
        temper=account.temper(Heed.CLAUSE, turbo=True),
        prices={"720p": 112_000, "1080p": 140_000},
        prompt_limit=3072,
        tail=False,
    ),
    "kling-3.0-omni": Model(
        temper=account.temper(Heed.CLAUSE),
        prices={
            "720p": 84_000,
            "1080p": 112_000,
            "4k": 420_000,
            "720p_audio": 112_000,
            "1080p_audio": 140_000,
            "4k_audio": 420_000,
        },
        prompt_limit=3072,
        audio=("native", "original", "off"),
        shots=True,
        references=7,
    ),
    "kling-2.5-turbo": Model(
        temper=account.temper(Heed.CLAUSE, turbo=True),
        prices={"720p": 42_000, "1080p": 70_000},
        durations=(5, 10),
    ),
    "kling-4.0": Model(
        temper=account.temper(Heed.CLAUSE),
        prices={"720p": 157_000, "1080p": 235_000},
        durations=range(3, 31),
        ratios=(*account.RATIOS, "21:9"),
        prompt_limit=26_000,
        references=10,
    ),
}
KINDS: Mapping[str, Sequence[str]] = {
    "text-to-video": ("kling-3.0", "kling-3.0-turbo", "kling-2.5-turbo", "kling-4.0"),
    "image-to-video": ("kling-3.0", "kling-3.0-turbo", "kling-2.5-turbo", "kling-4.0"),
    "omni-video": ("kling-3.0-omni", "kling-4.0"),
}


Digits = Annotated[str, Field(pattern=r"^\d+$")]


class Settings(StrictSnake):
    """How to make it; what a model does not take is refused after parsing."""

    resolution: Literal["720p", "1080p", "4k"] = "720p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "21:9"] | None = None
    duration: int = 5
    audio: Literal["native", "original", "off"] | None = None
    multi_shot: bool | None = None


class WatermarkInfo(StrictSnake):
    """Whether a marked copy is wanted too."""

    enabled: bool


class Options(StrictSnake):
    """How to hear of it."""

    callback_url: str | None = None
    external_task_id: str | None = None
    watermark_info: WatermarkInfo | None = None


class Words(StrictSnake):
    """The prompt among the contents."""

    type: Literal["prompt"]
    text: str


class Frame(StrictSnake):
    """A first or last frame."""

    type: Literal["first_frame", "last_frame"]
    url: str


class ReferImage(StrictSnake):
    """A look reference, named in the prompt as ``@id``."""

    type: Literal["refer_image"]
    url: str
    id: Annotated[str, Field(min_length=1)]


class Body(StrictSnake):
    """All three kinds of submission; text-to-video has ``prompt``, the others ``contents``."""

    prompt: str | None = None
    contents: list[Annotated[Words | Frame | ReferImage, Field(discriminator="type")]] | None = None
    settings: Settings = Settings()
    options: Options = Options()


class Filter(StrictSnake):
    """One condition of a list."""

    key: Literal["status", "product_type"]
    values: list[str]


class Listing(StrictSnake):
    """The body of the list call. Times come as numbers or strings; the vendor's pages disagree."""

    start_time: int | Digits | None = None
    end_time: int | Digits | None = None
    cursor: Annotated[str, Field(pattern=r"^\d*$")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_LISTED)] = 100
    filters: list[Filter] = Field(default=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """The inputs of a submission, whichever way it gave them."""

    text: str
    frames: Mapping[str, bytes | None]
    references: tuple[bytes, ...]


def order(asked: Asked, kind: str, name: str) -> Order:
    """The order in a body.

    Raises:
        Refusal: 1201, naming what this model does not take.
    """
    model, body = MODELS[name], wire.parsed(Body, asked.body, wrong=account.wrong)
    asks, how = _asks(body, kind), body.settings
    _check_settings(how, model, kind=kind, asks=asks)
    _check_asks(asks, model, kind=kind, turbo=name == "kling-3.0-turbo")
    sound = "_audio" if how.audio in ("native", "original") else ""
    return Order(
        vendor=VENDOR,
        model=name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=asks.text,
        seconds=how.duration,
        ratio=wire.proportion(how.aspect_ratio or "16:9"),
        price_micro_usd=model.prices[how.resolution + sound] * how.duration,
        key=body.options.external_task_id,
        references=asks.references,
    )


def _asks(body: Body, kind: str) -> Asks:
    if (kind == "text-to-video") != (body.prompt is not None) or (body.prompt is None) == (body.contents is None):
        raise invalid("prompt is for text-to-video, contents for image-to-video and omni-video")
    contents = body.contents or []
    images = [one for one in contents if isinstance(one, ReferImage)]
    names = [one.id for one in images]
    if any(a in b for i, a in enumerate(names) for j, b in enumerate(names) if i != j):
        raise invalid("contents.id: ids must not be contained in one another")
    given = [account.image(one.url) for one in images]
    return Asks(
        text=body.prompt or " ".join(one.text for one in contents if isinstance(one, Words)),
        frames={one.type: account.image(one.url) for one in contents if isinstance(one, Frame)},
        references=tuple(data for data in given if data),
    )


def _check_settings(how: Settings, model: Model, *, kind: str, asks: Asks) -> None:
    wants_ratio = kind == "omni-video" and not asks.frames
    problems = {
        "resolution": how.resolution not in model.prices,
        "duration": how.duration not in model.durations,
        "audio": how.audio is not None and how.audio not in model.audio,
        "multi_shot": how.multi_shot is not None and not model.shots,
        "aspect_ratio": (
            (how.aspect_ratio is None and wants_ratio)
            or (how.aspect_ratio is not None and (kind == "image-to-video" or how.aspect_ratio not in model.ratios))
        ),
    }
    for field, bad in problems.items():
        if bad:
            raise invalid(f"settings.{field}: not taken by this model")


def _check_asks(asks: Asks, model: Model, *, kind: str, turbo: bool) -> None:
    limit = TURBO_IMAGE_PROMPT if turbo and kind == "image-to-video" else model.prompt_limit
    if not asks.text.strip() or len(asks.text) > limit:
        raise invalid(f"prompt: must have 1 to {limit} characters")
    if kind == "image-to-video" and "first_frame" not in asks.frames:
        raise invalid("contents: a first_frame is required")
    if "last_frame" in asks.frames and not model.tail:
        raise invalid("contents: this model takes no last_frame")
    if len(asks.references) > (model.references if kind == "omni-video" else 0):
        raise invalid("contents: too many refer_image for this model")
