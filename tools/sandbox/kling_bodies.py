"""What Kling's new standard takes, as strict bodies. Left out: video inputs, voices, motion control.

From the vendor's pages of 2026-09-20 [D]; ``middle_frame`` from third parties [T].
"""

from typing import Annotated, Literal

from pydantic import Field

from tools.sandbox.wire import StrictSnake

MOST_LISTED = 500

Digits = Annotated[str, Field(pattern=r"^\d+$")]
Name = Annotated[str, Field(min_length=1)]


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
    """A frame that the clip begins with, passes or ends on."""

    type: Literal["first_frame", "middle_frame", "last_frame"]
    url: str


class ReferImage(StrictSnake):
    """A look reference, named in the prompt as ``@id``."""

    type: Literal["refer_image"]
    url: str
    id: Name


class Element(StrictSnake):
    """Something registered with the account, named in the prompt as ``@id``. Any id passes for registered."""

    type: Literal["element"]
    element_id: Name
    id: Name


class Body(StrictSnake):
    """All three kinds of submission; text-to-video has ``prompt``, the others ``contents``."""

    prompt: str | None = None
    contents: list[Annotated[Words | Frame | ReferImage | Element, Field(discriminator="type")]] | None = None
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
