"""The body the Interactions API takes for a clip, and the variants of Gemini Omni Flash.

Fields and values from the official client 3.4.0 [S]; the marks in a prompt and what is not supported from the vendor's
page on Omni of 2026-08-30 [D]; lengths, numbers of references and prices from third parties [T]; read 2026-11-20. Left
out: videos and documents as input, and with them editing, extending and upscaling; streams; several formats at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from tools.sandbox import stills
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.gemini_answers import VENDOR
from tools.sandbox.gemini_marks import ONE_SHOT, Roles, marked
from tools.sandbox.scene import Fault
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked, StrictSnake, proportion

USUAL_SECONDS = "8s"  # where none is asked; the vendor lets the model decide [U]
TOKENS_PER_SECOND = 5792  # of video at 720p [T]
SEVERAL_SHOTS = 15.0  # how much oftener it cuts where nobody asks for one shot; the vendor says it does by default [D]
LONGEST_BETWEEN = 10  # seconds between a first and a last frame, on 1.2 too [T]
LEANS = {Fault.PHOTOREAL: 1.15, Fault.CAPTION: 1.6, Fault.LIGHT_DRIFT: 1.3, Fault.EXTRA_FINGERS: 0.9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One variant, and micro USD per second by resolution [T]."""

    temper: Temper
    longest: int
    references: int
    prices: Mapping[str, int]


# No price of 1.2 is published; the one of 1.1 stands in for it [U].
PRICES = {"360p": 33_000, "720p": 100_000, "1080p": 150_000, "4k": 300_000}
TEMPER = Temper(heed=Heed.CLAUSE, distilled=True, leans=LEANS)
MODELS = {
    "gemini-omni-1.2-flash": Model(
        temper=replace(TEMPER, leans=LEANS | {Fault.LIGHT_DRIFT: 1.1, Fault.MERGED_FACES: 0.9}),
        longest=15,
        references=7,
        prices=PRICES,
    ),
    "gemini-omni-1.1-flash": Model(temper=TEMPER, longest=10, references=3, prices=PRICES),
}


class Text(StrictSnake):
    """Words of the prompt."""

    type: Literal["text"]
    text: Annotated[str, Field(min_length=1)]


class Image(StrictSnake):
    """An image by value or by address."""

    type: Literal["image"]
    data: str | None = None
    uri: str | None = None
    mime_type: Literal["image/png", "image/jpeg", "image/webp", "image/heic", "image/heif"] | None = None
    resolution: str | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "Image":
        if (self.data is None) == (self.uri is None):
            raise ValueError("exactly one of data and uri must be set")
        if self.data is not None and (self.mime_type is None or stills.from_base64(self.data) is None):
            raise ValueError("data is not an image, or its mime_type is missing")
        return self


Content = Annotated[Text | Image, Field(discriminator="type")]


class UserInput(StrictSnake):
    """A step of the one who asks; the client wraps bare content into one [S]."""

    type: Literal["user_input"]
    content: list[Content] = Field(min_length=1)


class Format(StrictSnake):
    """What the clip is to be. A length is a duration in text, never a number [T]."""

    type: Literal["video"] = "video"
    delivery: Literal["inline", "uri"] = "inline"
    aspect_ratio: Literal["16:9", "9:16"] = "16:9"
    resolution: Literal["360p", "720p", "1080p", "4k"] = "720p"
    duration: Annotated[str, Field(pattern=r"^\d+s$")] = USUAL_SECONDS


class VideoConfig(StrictSnake):
    """What kind of work it is; inferred where it is not said [S]."""

    task: Literal["text_to_video", "image_to_video", "reference_to_video"] | None = None


class GenerationConfig(StrictSnake):
    """A seed is in the schema; the output differs all the same [T]."""

    seed: int | None = None
    video_config: VideoConfig = VideoConfig()


class Hook(StrictSnake):
    """Whom to call when the work is over."""

    uris: list[str] = Field(default=[])
    user_metadata: dict[str, JsonValue] | None = None


class Creation(StrictSnake):
    """The body of a submission."""

    model: str
    input: Annotated[str, Field(min_length=1)] | Content | list[UserInput] | list[Content]
    background: bool = False
    store: bool = True
    stream: Literal[False] = False
    response_format: Format = Format()
    generation_config: GenerationConfig = GenerationConfig()
    webhook_config: Hook | None = None
    labels: dict[str, str] = Field(default={})

    @model_validator(mode="after")
    def _fits_together(self) -> "Creation":
        if self.background and not self.store:
            raise ValueError("background needs store")
        if self.webhook_config and not self.background:
            raise ValueError("webhook_config needs background")
        return self

    @property
    def content(self) -> tuple[Text | Image, ...]:
        """All that was said and shown, in order."""
        if isinstance(self.input, str):
            return (Text(type="text", text=self.input),)
        parts = self.input if isinstance(self.input, list) else [self.input]
        return tuple(item for part in parts for item in (part.content if isinstance(part, UserInput) else [part]))

    @property
    def text(self) -> str:
        """The words of the prompt with their marks."""
        return " ".join(part.text for part in self.content if isinstance(part, Text))

    @property
    def images(self) -> tuple[Image, ...]:
        """The images, as a prompt counts them."""
        return tuple(part for part in self.content if isinstance(part, Image))

    @property
    def roles(self) -> Roles:
        """Which image is what, by the marks of the prompt, else by the task."""
        return marked(self.text, images=len(self.images), task=self.generation_config.video_config.task)

    @property
    def seconds(self) -> int:
        """Length of the clip."""
        return int(self.response_format.duration.removesuffix("s"))


def problem(creation: Creation, model: Model) -> str | None:
    """What this variant does not take of a well-formed body."""
    roles, longest = creation.roles, model.longest
    if roles.last is not None:
        longest = min(longest, LONGEST_BETWEEN)
    problems = {
        f"duration must be 3s to {longest}s": not 3 <= creation.seconds <= longest,
        f"at most {model.references} reference images": len(roles.looks) > model.references,
        "the prompt has no words": not roles.words.strip(),
        roles.fault: bool(roles.fault),
    }
    return next((what for what, bad in problems.items() if bad), None)


def order(asked: Asked, creation: Creation, model: Model) -> Order:
    """A checked body as an order."""
    looks = (creation.images[number].data for number in creation.roles.looks)
    return Order(
        vendor=VENDOR,
        model=creation.model,
        temper=_temper(creation, model),
        route=asked.route,
        body=asked.body,
        text=creation.roles.words,
        seconds=creation.seconds,
        ratio=proportion(creation.response_format.aspect_ratio),
        references=tuple(data for data in map(stills.from_base64, filter(None, looks)) if data),
        price_micro_usd=model.prices[creation.response_format.resolution] * creation.seconds,
    )


def _temper(creation: Creation, model: Model) -> Temper:
    if ONE_SHOT.search(creation.text):
        return model.temper
    return replace(model.temper, leans={**model.temper.leans, Fault.JUMP_CUT: SEVERAL_SHOTS})
