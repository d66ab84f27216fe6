"""The body Ark takes for a Seedance task, and what a variant does not take of it.

Fields and types from the official client 5.0.54 [S], rules from the vendor's pages [D], 2026-11-20. Left out: drafts
and the picture of the last frame; what lies behind an address is not visited.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from tools.sandbox import callbacks, seedance_images, seedance_models, stills
from tools.sandbox.seedance_models import FPS, SHORTEST, Model
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked, StrictSnake, proportion

VENDOR = "seedance"
EXPIRES_AFTER_S = 172_800  # [S]
AUTO_SECONDS = 5  # what duration -1 comes to here; the vendor lets the model decide
MOST_BODY_BYTES = 64 * 1024 * 1024  # [D]

ADDRESS = r"(?s)^(https?://|asset://).+"
IMAGE_ADDRESS = r"(?s)^(https?://|asset://|data:image/[a-z]+;base64,).+"


class Text(StrictSnake):
    """The prompt among the content."""

    type: Literal["text"]
    text: Annotated[str, Field(min_length=1)]


class ImageAddress(StrictSnake):
    """Where an image is: an address, an asset of the account, or a data URI."""

    url: Annotated[str, Field(pattern=IMAGE_ADDRESS)]


class Address(StrictSnake):
    """Where a clip or a sound is."""

    url: Annotated[str, Field(pattern=ADDRESS)]


class Image(StrictSnake):
    """A frame or a look reference; without a role the first frame [D]."""

    type: Literal["image_url"]
    image_url: ImageAddress
    role: Literal["first_frame", "last_frame", "reference_image"] = "first_frame"


class Clip(StrictSnake):
    """A clip to refer to."""

    type: Literal["video_url"]
    video_url: Address
    role: Literal["reference_video"]


class Sound(StrictSnake):
    """A sound to refer to."""

    type: Literal["audio_url"]
    audio_url: Address
    role: Literal["reference_audio"]


class Tool(StrictSnake):
    """What the model may use."""

    type: Literal["web_search"]


def _callable(address: str) -> str:
    callbacks.check(address)
    return address


Content = Annotated[Text | Image | Clip | Sound, Field(discriminator="type")]


class Task(StrictSnake):
    """The body of a submission, after its nulls were taken out."""

    model: str
    content: Annotated[list[Content], Field(min_length=1)]
    resolution: Literal["480p", "720p", "1080p", "4k"] = "720p"
    ratio: Literal["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"] = "adaptive"
    duration: int = AUTO_SECONDS
    seed: Annotated[int, Field(ge=-1, lt=2**32)] = -1
    generate_audio: bool = True
    watermark: bool = False
    return_last_frame: bool = False
    callback_url: Annotated[str, AfterValidator(_callable)] | None = None
    execution_expires_after: Annotated[int, Field(ge=3600, le=259_200)] = EXPIRES_AFTER_S
    safety_identifier: Annotated[str, Field(max_length=64)] | None = None
    service_tier: Literal["default"] = "default"
    priority: int = 0
    draft: Literal[False] = False
    tools: list[Tool] = Field(default=[])
    output_format: Literal["mp4"] | None = None
    omni_reference_task_type: Literal["auto", "reference", "edit", "extend"] | None = None

    @property
    def text(self) -> str:
        """What the model reads: 2.x cuts off everything from a double hyphen on [T]."""
        words = " ".join(part.text for part in self.content if isinstance(part, Text))
        return words.partition("--")[0]

    def images(self, *roles: str) -> list[str]:
        """Addresses of the images in these roles, in order."""
        return [part.image_url.url for part in self.content if isinstance(part, Image) and part.role in roles]

    def count(self, kind: type[StrictSnake]) -> int:
        """How many parts of that kind it has."""
        return sum(isinstance(part, kind) for part in self.content)

    @property
    def shown_ratio(self) -> str:
        """The ratio of the clip; adaptive follows the images, which a stand-in does not do."""
        return "16:9" if self.ratio == "adaptive" else self.ratio

    @property
    def tokens(self) -> int:
        """What a clip of this task is billed by: width x height x frames / 1024 [D]."""
        width, height = seedance_models.size(self.resolution, self.shown_ratio)
        return width * height * FPS * self.seconds // 1024

    @property
    def seconds(self) -> int:
        """Length of the clip."""
        return AUTO_SECONDS if self.duration == -1 else self.duration


def problem(task: Task, model: Model) -> tuple[str, str] | None:
    """The field of a well-formed task that this variant does not take, and why."""
    frames, looks = task.images("first_frame", "last_frame"), task.images("reference_image")
    clips, sounds = task.count(Clip), task.count(Sound)
    rules = (
        ("resolution", f"must be one of {', '.join(model.prices)}", task.resolution in model.prices),
        ("duration", f"must be -1 or {SHORTEST} to {model.longest}", _is_length(task.duration, model)),
        ("content", "mixes frames and references", not (frames and (looks or clips or sounds))),
        ("content", "must hold a first frame once, and a last one only beside it", _are_frames(task)),
        ("content", f"may hold {model.images} reference images", len(looks) <= model.images),
        ("content", f"may hold {model.clips} clips and {model.sounds} sounds", _are_few(clips, sounds, model)),
        ("content", "may not hold sounds alone", bool(looks or clips) or not sounds),
        ("content.text", "must hold words", bool(task.text.strip() or frames)),
    )
    wrong = next(((field, why) for field, why, right in rules if not right), None)
    return wrong or seedance_images.problem([*frames, *looks])


def order(asked: Asked, task: Task, model: Model) -> Order:
    """A checked task as an order."""
    return Order(
        vendor=VENDOR,
        model=task.model,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=task.text,
        seconds=task.seconds,
        ratio=proportion(task.shown_ratio),
        references=tuple(filter(None, map(stills.from_data_uri, task.images("reference_image")))),
        price_micro_usd=model.prices[task.resolution] * task.seconds,
        expires_after_s=task.execution_expires_after,
    )


def _is_length(duration: int, model: Model) -> bool:
    return duration == -1 or SHORTEST <= duration <= model.longest


def _are_frames(task: Task) -> bool:
    firsts, lasts = len(task.images("first_frame")), len(task.images("last_frame"))
    return lasts <= firsts <= 1


def _are_few(clips: int, sounds: int, model: Model) -> bool:
    return clips <= model.clips and sounds <= model.sounds
