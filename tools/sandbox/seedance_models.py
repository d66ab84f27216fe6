"""The body Ark takes for Seedance, and the variants with their limits and prices.

Fields and types from the official client 5.0.54 [S] and the vendor's pages [D]; frame sizes and prices from third
parties [T], 2026-11-20. Left out: video and audio inputs, drafts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from tools.sandbox import stills
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.scene import Fault
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked, StrictSnake, proportion

VENDOR = "seedance"
EXPIRES_AFTER_S = 172_800  # [S]
AUTO_SECONDS = 5  # what duration -1 comes to here; the vendor lets the model decide
FPS = 24
RATIOS = ("16:9", "4:3", "1:1", "3:4", "9:16", "21:9")
REGIONS = ("dreamina-", "doubao-")  # BytePlus and Volcengine names of the same models

# Frame sizes by resolution and ratio, measured [T]; tokens, and so prices, follow from them.
SIZES: Mapping[str, tuple[tuple[int, int], ...]] = {
    "480p": ((864, 496), (752, 560), (640, 640), (560, 752), (496, 864), (992, 432)),
    "720p": ((1280, 720), (1112, 834), (960, 960), (834, 1112), (720, 1280), (1470, 630)),
    "1080p": ((1920, 1080), (1664, 1248), (1440, 1440), (1248, 1664), (1080, 1920), (2206, 946)),
    "4k": ((3840, 2160), (2880, 2160), (2160, 2160), (2160, 2880), (2160, 3840), (3840, 1646)),
}
LEANS = {
    Fault.CAPTION: 2.0,
    Fault.WATERMARK: 1.5,
    Fault.COLOR_CAST: 1.3,
    Fault.JUMP_CUT: 1.4,
    Fault.PHOTOREAL: 0.85,
    Fault.EXTRA_FINGERS: 0.9,
}
DOCUMENTED = frozenset({Fault.CAPTION, Fault.WATERMARK})  # the vendor gives wordings for these two [D via T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One variant, and micro USD per second at 16:9 by resolution [T]."""

    distilled: bool
    prices: Mapping[str, int]
    longest: int = 15
    references: int = 9

    @property
    def temper(self) -> Temper:
        """Its habits."""
        return Temper(heed=Heed.CLAUSE, distilled=self.distilled, leans=LEANS, documented=DOCUMENTED)


FULL = Model(distilled=False, prices={"480p": 70_000, "720p": 151_000, "1080p": 374_000, "4k": 778_000})
FAST = Model(distilled=True, prices={"480p": 56_000, "720p": 121_000})
MINI = Model(distilled=True, prices={"480p": 35_000, "720p": 76_000})
NEWER = Model(distilled=False, prices={"480p": 103_000, "720p": 231_000, "1080p": 535_000}, longest=30, references=30)
MODELS = {
    "seedance-2-0-260128": FULL,
    "seedance-2-0-fast-260128": FAST,
    "seedance-2-0-mini": MINI,
    "seedance-2-0-mini-260615": MINI,
    "seedance-2-5-260628": NEWER,
}


class Text(StrictSnake):
    """The prompt among the content."""

    type: Literal["text"]
    text: Annotated[str, Field(min_length=1)]


class Address(StrictSnake):
    """Where an image is: an address, an asset of the account, or a data URI."""

    url: Annotated[str, Field(pattern=r"(?s)^(https?://|asset://|data:image/[a-z]+;base64,).+")]


class Image(StrictSnake):
    """A frame or a look reference; without a role the first frame [D]."""

    type: Literal["image_url"]
    image_url: Address
    role: Literal["first_frame", "last_frame", "reference_image"] = "first_frame"


class Tool(StrictSnake):
    """What the model may use."""

    type: Literal["web_search"]


class Task(StrictSnake):
    """The body of a submission, after its nulls were taken out."""

    model: str
    content: Annotated[list[Annotated[Text | Image, Field(discriminator="type")]], Field(min_length=1)]
    resolution: Literal["480p", "720p", "1080p", "4k"] = "720p"
    ratio: Literal["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"] = "adaptive"
    duration: int = AUTO_SECONDS
    seed: Annotated[int, Field(ge=-1, lt=2**32)] = -1
    generate_audio: bool = True
    watermark: bool = False
    return_last_frame: bool = False
    callback_url: str | None = None
    execution_expires_after: Annotated[int, Field(ge=3600, le=259_200)] = EXPIRES_AFTER_S
    safety_identifier: Annotated[str, Field(max_length=64)] | None = None
    service_tier: Literal["default"] = "default"
    priority: int = 0
    tools: list[Tool] = Field(default=[])
    output_format: Literal["mp4"] | None = None
    omni_reference_task_type: Literal["auto", "reference", "edit", "extend"] | None = None

    @property
    def text(self) -> str:
        """What the model reads: 2.x cuts off everything from a double hyphen on [T]."""
        words = " ".join(part.text for part in self.content if isinstance(part, Text))
        return words.partition("--")[0]

    def images(self, role: str) -> list[str]:
        """Addresses of the images in that role."""
        return [part.image_url.url for part in self.content if isinstance(part, Image) and part.role == role]

    @property
    def shown_ratio(self) -> str:
        """The ratio of the clip; adaptive follows the images, which a stand-in does not look at."""
        return "16:9" if self.ratio == "adaptive" else self.ratio

    @property
    def tokens(self) -> int:
        """What a clip of this task is billed by: width x height x frames / 1024 [D]."""
        width, height = SIZES[self.resolution][RATIOS.index(self.shown_ratio)]
        return width * height * FPS * self.seconds // 1024

    @property
    def seconds(self) -> int:
        """Length of the clip."""
        return AUTO_SECONDS if self.duration == -1 else self.duration


def family(model: str) -> Model | None:
    """The variant of that name, with either region's prefix."""
    return next((MODELS.get(model.removeprefix(prefix)) for prefix in REGIONS if model.startswith(prefix)), None)


def problem(task: Task, model: Model) -> str | None:
    """The field of a well-formed task that this variant does not take."""
    frames = task.images("first_frame") + task.images("last_frame")
    references = task.images("reference_image")
    problems = {
        "resolution": task.resolution not in model.prices,
        "duration": task.duration != -1 and not 4 <= task.duration <= model.longest,
        "content": (bool(frames) and bool(references)) or len(references) > model.references or len(frames) > 2,
        "content.text": not task.text.strip() and not frames,
    }
    return next((field for field, bad in problems.items() if bad), None)


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
    )
